namespace Fleet.Images.Tests.Machines;

/// <summary>What a machine has from its own life, and an image must not have.</summary>
internal static class Leftovers
{
    public static readonly IReadOnlyList<string> Files =
    [
        "root/.bash_history", "root/.ssh/authorized_keys", "root/.aws/credentials", "root/.cache/pip/x", "root/.viminfo", "root/.wget-hsts",
        "home/admin/.bash_history", "home/admin/.ssh/authorized_keys", "home/admin/.ssh/known_hosts", "home/admin/.python_history", "home/admin/.kube/config",
        "var/lib/cloud/instance/user-data.txt", "var/lib/cloud/data/instance-id", "var/lib/dhcp/dhclient.eth0.leases", "var/lib/systemd/random-seed",
        "var/lib/amazon/ssm/registration", "var/lib/kubelet/config.yaml", "etc/kubernetes/kubelet.conf", "etc/kubernetes/pki/ca.crt",
        "etc/cni/net.d/10-old.conflist", "etc/netplan/50-cloud-init.yaml", "etc/udev/rules.d/70-persistent-net.rules",
        "var/log/cloud-init.log", "var/log/auth.log", "var/log/journal/4f1c2d3e4b5a69788796a5b4c3d2e1f0/system.journal", "var/crash/core",
        "tmp/left", "tmp/.hidden/left", "var/tmp/left", "var/lib/apt/lists/left", "var/lib/sudo/lectured/admin",
    ];
}
