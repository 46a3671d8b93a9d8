namespace Fleet.Sandbox.Tests.Hosts;

/// <summary>What the stand-ins say, for who writes scripts against them.</summary>
public sealed class StandInTests(HostSandbox sandbox) : IClassFixture<HostSandbox>
{
    [Theory]
    [InlineData("kubelet --version", 0, "Kubernetes v1.33.2\n")]
    [InlineData("kubeadm version -o short", 0, "v1.33.2\n")]
    [InlineData("kubectl version --client", 0, "Client Version: v1.33.2\n")]
    [InlineData("containerd --version", 0, "containerd github.com/containerd/containerd v1.7.27 fleet-sandbox\n")]
    [InlineData("runc --version | head -1", 0, "runc version 1.2.6\n")]
    [InlineData("dpkg-query -W -f '${Package} ${Version} ${Status}\\n' kubelet", 0, "kubelet 1.33.2-1.1 hold ok installed\n")]
    [InlineData("systemctl is-enabled kubelet", 0, "enabled\n")]
    [InlineData("systemctl is-active containerd.service", 0, "active\n")]
    [InlineData("systemctl is-active kubelet", 3, "activating\n")]
    [InlineData("systemctl is-enabled nothing", 1, "")]
    [InlineData("systemctl start nothing", 5, "")]
    [InlineData("/usr/bin/systemctl is-active nothing", 3, "inactive\n")]
    [InlineData("systemctl stop chrony && systemctl is-active chrony; systemctl start chrony && systemctl is-active chrony", 0, "inactive\nactive\n")]
    [InlineData("modprobe nothing", 1, "")]
    [InlineData("modprobe xfs && lsmod | grep -o ^xfs && test -d /sys/module/xfs && echo there", 0, "xfs\nthere\n")]
    [InlineData("swapon --show; wc -l </proc/swaps", 0, "1\n")]
    [InlineData("stat -fc %T /sys/fs/cgroup", 0, "cgroup2fs\n")]
    [InlineData("curl -s -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data/instance-id", 0, "401")]
    [InlineData("t=$(curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token); curl -s -H \"X-aws-ec2-metadata-token: $t\" http://169.254.169.254/latest/meta-data/block-device-mapping/root", 0, "/dev/xvda")]
    [InlineData("curl -s https://pkgs.k8s.io/", 6, "")]
    [InlineData("ss -Htln | wc -l", 0, "2\n")]
    [InlineData("df -B1 --output=avail / | tail -1 | tr -d ' '", 0, "15032385536\n")]
    [InlineData("lsblk -bdno SIZE \"/dev/$(lsblk -no PKNAME \"$(findmnt -no SOURCE /)\")\"", 0, "21474836480\n")]
    [InlineData("reboot", 1, "")]
    [InlineData("kubeadm join", 1, "")]
    public async Task A_stand_in_answers_as_its_table_says(string script, int exit, string output)
    {
        var ended = await sandbox.Run(sandbox.Instance(0), script);
        ended.Output.ShouldBe(output, ended.Errors);
        ended.ResponseCode.ShouldBe(exit, ended.Errors);
    }

    [Fact]
    public void Every_row_of_the_table_names_its_source()
    {
        using var stream = typeof(Fleet.Sandbox.Host.SandboxHost).Assembly.GetManifestResourceStream("hosts/answers.tsv")!;
        var rows = new StreamReader(stream).ReadToEnd().TrimEnd('\n').Split('\n').Select(line => line.Split('\t')).ToList();
        rows.ShouldAllBe(row => row.Length == 6 && row[5].Length > 0);
        rows.Skip(1).Select(row => (row[0], row[1])).ShouldBeUnique();
    }
}
