using System.Text.Json.Nodes;

namespace Fleet.Images.Tests.Builds;

[Collection(nameof(BuiltImages))]
public sealed class WorkerImageTests(BuiltImages images)
{
    [Theory]
    [InlineData("kubelet", "1.34.2-1.1")]
    [InlineData("kubeadm", "1.34.2-1.1")]
    [InlineData("kubectl", "1.34.2-1.1")]
    [InlineData("kubernetes-cni", "1.7.1-1.1")]
    [InlineData("cri-tools", "1.34.0-1.1")]
    [InlineData("amazon-ssm-agent", "3.3.1957.0-1")]
    public async Task Packages_are_at_the_declared_version_and_held(string package, string version)
    {
        (await images.Worker.RunAsync("dpkg-query", "--show", "--showformat", "${db:Status-Want} ${db:Status-Status} ${Version}", package)).ShouldBe($"hold installed {version}");
    }

    [Theory]
    [InlineData("conntrack", "1-1")]
    [InlineData("nfs-common", "1:2.6.2-4")]
    [InlineData("htop", "3.2.2-2")]
    public async Task Packages_of_the_distribution_are_there(string package, string version) =>
        (await images.Worker.RunAsync("dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Version}", package)).ShouldBe($"installed {version}");

    [Fact]
    public async Task Another_keeper_of_time_has_made_room() =>
        (await images.Worker.TryAsync(new Dictionary<string, string>(), "dpkg-query", "--show", "--showformat", "${db:Status-Status}", "systemd-timesyncd")).Output.ShouldNotBe("installed");

    [Theory]
    [InlineData("kubelet.service", "enabled")]
    [InlineData("containerd.service", "enabled")]
    [InlineData("amazon-ssm-agent.service", "enabled")]
    [InlineData("chrony.service", "enabled")]
    [InlineData("logrotate.timer", "enabled")]
    [InlineData("swap.target", "masked")]
    [InlineData("apt-daily.timer", "masked")]
    [InlineData("apt-daily-upgrade.timer", "masked")]
    [InlineData("unattended-upgrades.service", "masked")]
    public async Task Units_start_at_boot_or_never(string unit, string state)
    {
        (await images.Worker.TryAsync(new Dictionary<string, string>(), "systemctl", "is-enabled", unit)).Output.Trim().ShouldBe(state);
    }

    [Theory]
    [InlineData("etc/modules-load.d/fleet.conf", "overlay\nbr_netfilter\n")]
    [InlineData("etc/fstab", "/dev/xvda1 / ext4 defaults 0 1\n# /dev/xvdb none swap sw 0 0\n")]
    [InlineData("etc/systemd/logind.conf.d/zz-fleet-shutdown.conf", "[Login]\nInhibitDelayMaxSec=120\n")]
    [InlineData("etc/machine-id", "")]
    public void Files_hold_exactly(string path, string content) => images.Worker.Read(path).ShouldBe(content);

    [Theory]
    [InlineData("etc/sysctl.d/99-fleet.conf", "net.ipv4.ip_forward = 1\n")]
    [InlineData("etc/sysctl.d/99-fleet.conf", "net.bridge.bridge-nf-call-iptables = 1\n")]
    [InlineData("etc/containerd/config.toml", "SystemdCgroup = true\n")]
    [InlineData("etc/containerd/config.toml", "sandbox = \"images.example.com/pause:3.10\"\n")]
    [InlineData("etc/kubernetes/kubelet.conf.d/10-fleet.conf", "cgroupDriver: systemd\n")]
    [InlineData("etc/kubernetes/kubelet.conf.d/10-fleet.conf", "containerLogMaxSize: 50Mi\n")]
    [InlineData("etc/kubernetes/kubelet.conf.d/20-fleet-shutdown.conf", "shutdownGracePeriod: 120s\nshutdownGracePeriodCriticalPods: 30s\n")]
    [InlineData("etc/systemd/system/kubelet.service.d/20-fleet.conf", "--config-dir=/etc/kubernetes/kubelet.conf.d")]
    [InlineData("etc/systemd/system/kubelet.service.d/20-fleet.conf", "--image-credential-provider-config=/etc/kubernetes/credential-providers.yaml")]
    [InlineData("etc/chrony/chrony.conf", "server 169.254.169.123 prefer iburst")]
    [InlineData("etc/systemd/journald.conf.d/fleet.conf", "SystemMaxUse=1G\n")]
    public void Files_say(string path, string text) => images.Worker.Read(path).ShouldContain(text);

    [Fact]
    public void Time_comes_from_nowhere_else() => images.Worker.Read("etc/chrony/chrony.conf").ShouldNotContain("pool");

    [Theory]
    [InlineData("usr/local/sbin/runc", "--version", "runc version 1.3.0")]
    [InlineData("usr/local/bin/containerd", "--version", "v2.1.4")]
    public async Task Programs_of_releases_run(string program, string argument, string says) => (await images.Worker.RunAsync("/" + program, argument)).ShouldContain(says);

    [Fact]
    public void Images_are_pulled_for_the_architecture_and_with_the_builders_role()
    {
        // "AWS:" and the fake provider's password.
        images.Worker.Read("var/lib/containerd/pulled").ShouldBe(
            "images.example.com/pause:3.10 linux/amd64\n" +
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com/spark:3.5.3 linux/amd64 \"Basic QVdTOmIyNWxMWFJwYldVPQ==\"\n");
        images.WorkerBuild.Output.ShouldNotContain("b25lLXRpbWU=");
        Directory.EnumerateFiles(Path.Combine(images.Worker.Root, "run"), "hosts.toml", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void It_says_what_it_is()
    {
        var facts = JsonNode.Parse(images.Worker.Read("etc/fleet/image.json"))!;

        facts["recipe"]!.GetValue<string>().ShouldBe("worker");
        facts["version"]!.GetValue<string>().ShouldBe("1.34.2-4f1c2d3e");
        facts["packages"]!["kubelet"]!.GetValue<string>().ShouldBe("1.34.2-1.1");
        facts["programs"]!["containerd"]!.GetValue<string>().ShouldBe("2.1.4");
        facts["root_device"]!["name"]!.GetValue<string>().ShouldBe("/dev/sda1");
        facts["root_device"]!["size"]!.GetValue<int>().ShouldBe(30);
    }

    [Fact]
    public async Task Systemd_takes_the_units()
    {
        var (exit, output) = await images.Worker.TryAsync(new Dictionary<string, string>(), "systemd-analyze", "verify", "--man=no", "--recursive-errors=no", "containerd.service", "kubelet.service");

        (exit, output).ShouldBe((0, ""));
    }
}
