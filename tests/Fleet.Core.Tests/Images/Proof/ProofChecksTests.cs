using Fleet.Core.Images.Proof;

namespace Fleet.Core.Tests.Images.Proof;

public sealed class ProofChecksTests
{
    [Theory]
    [InlineData("kubelet", "Kubernetes v1.33.20\n", "1.33.20")]
    [InlineData("kubelet", "", "nothing")]
    [InlineData("containerd", "containerd containerd.io 1.6.33 d2d58213f83a351ca8f528a95fbd145f5654e957\n", "1.6.33")]
    [InlineData("held", "kubelet hold\nkubeadm install\n", "not held: kubeadm, kubectl")]
    [InlineData("services", "containerd.service enabled . failed\nkubelet.service disabled . inactive\nchrony.service enabled . active\namazon-ssm-agent.service enabled . active\nlogrotate.timer static . active\n", "kubelet.service is disabled, containerd.service is failed")]
    [InlineData("services", "", "amazon-ssm-agent.service is not there, chrony.service is not there, containerd.service is not there, kubelet.service is not there, logrotate.timer is not there, chrony.service is not there, containerd.service is not there")]
    [InlineData("off", "apt-daily.timer enabled . active\n", "apt-daily.timer is enabled and active")]
    [InlineData("modules", "br_netfilter\n", "missing: br_netfilter")]
    [InlineData("cgroup", "tmpfs\n", "tmpfs")]
    [InlineData("metadata", "without a token 200\nwith a token 200\n", "without a token 200, with a token 200")]
    [InlineData("root-device", "/dev/sda1\n", "/dev/sda1")]
    [InlineData("root-size", "8589934592\n", "8 GiB")]
    [InlineData("root-size", "lots\n", "lots")]
    [InlineData("disk", "1048576\n", "1 MiB free")]
    [InlineData("listening", "tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\ntcp LISTEN 0 128 [::]:10250 [::]:*\ntcp LISTEN 0 128 [::1]:25 [::]:*\n", "tcp [::]:10250")]
    [InlineData("leftovers", "/root/.bash_history\n", "left: /root/.bash_history")]
    public void What_is_wrong_is_named(string check, string output, string found)
    {
        var finding = ProofChecks.Of(ScriptedInstance.Order).Single(one => one.Name == check).Judge(new ScriptResult(ScriptEnd.Exited, 0, output, ""));
        (finding.Passed, finding.Found).ShouldBe((false, found));
        finding.Cure.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(ScriptEnd.Undelivered, "the script did not reach the instance")]
    [InlineData(ScriptEnd.TimedOut, "the script ran longer than it may")]
    [InlineData(ScriptEnd.Cancelled, "somebody cancelled the script")]
    public void A_script_without_an_end_of_its_own_passes_no_check(ScriptEnd end, string found) =>
        ProofChecks.Of(ScriptedInstance.Order).Select(check => check.Judge(new ScriptResult(end, -1, ScriptedInstance.Healthy[check.Name], ""))).ShouldAllBe(finding => !finding.Passed && finding.Found == found);

    [Fact]
    public void Names_that_a_shell_would_read_are_refused_all_at_once()
    {
        var expectation = ScriptedInstance.Order.Expectation with { Modules = ["overlay", "x;reboot"], Enabled = ["$(id).service"] };
        Should.Throw<ArgumentException>(() => ProofChecks.Of(expectation)).Message.ShouldContain("not: '$(id).service', 'x;reboot'");
    }

    [Fact]
    public void What_is_not_expected_is_not_checked() =>
        ProofChecks.Of(new ProofExpectation { Kubernetes = "1.33.2" }).Select(check => check.Name).Intersect(["containerd", "runc", "root-device", "root-size"]).ShouldBeEmpty();
}
