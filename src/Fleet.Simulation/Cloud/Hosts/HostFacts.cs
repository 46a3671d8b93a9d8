using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud.Hosts;

/// <summary>What machines of an image are like from within: what their stand-ins for kubelet, systemctl and the like answer. The defaults are those of an image by <c>packer/worker</c>.</summary>
public sealed record HostFacts
{
    /// <summary>Version of kubelet, without v.</summary>
    public required string Kubelet { get; init; }

    /// <summary>Version of kubeadm, without v. Default: kubelet's.</summary>
    public string? Kubeadm { get; init; }

    /// <summary>Version of kubectl, without v. Default: kubelet's.</summary>
    public string? Kubectl { get; init; }

    /// <summary>Version of containerd. Default: 1.7.27.</summary>
    public string Containerd { get; init; } = "1.7.27";

    /// <summary>Version of runc. Default: 1.2.6.</summary>
    public string Runc { get; init; } = "1.2.6";

    /// <summary>Units by name with suffix. Default: those of a worker; kubelet waits for its configuration until it joins.</summary>
    public ImmutableSortedDictionary<string, HostService> Services { get; init; } = new Dictionary<string, HostService>
    {
        ["amazon-ssm-agent.service"] = new(),
        ["chrony.service"] = new(),
        ["containerd.service"] = new(),
        ["kubelet.service"] = new(Active: "activating"),
        ["logrotate.timer"] = new(),
        ["ssh.service"] = new(),
        ["apt-daily.timer"] = new("masked", "inactive"),
        ["unattended-upgrades.service"] = new("masked", "inactive"),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Packages that apt holds. Default: kubelet, kubeadm, kubectl.</summary>
    public ImmutableArray<string> Held { get; init; } = ["kubelet", "kubeadm", "kubectl"];

    /// <summary>Kernel modules that are loaded. Default: overlay and br_netfilter.</summary>
    public ImmutableArray<string> Modules { get; init; } = ["overlay", "br_netfilter"];

    /// <summary>Kernel modules that could be loaded beside those.</summary>
    public ImmutableArray<string> LoadableModules { get; init; } = ["ip_vs", "nf_conntrack", "xfs"];

    /// <summary>Swap devices and files in use. Default: none.</summary>
    public ImmutableArray<string> Swaps { get; init; } = [];

    /// <summary>Version of the cgroup hierarchy, 1 or 2. Default: 2.</summary>
    public int Cgroup { get; init; } = 2;

    /// <summary>Whether the instance metadata service asks for tokens (IMDSv2). Default: true.</summary>
    public bool TokensRequired { get; init; } = true;

    /// <summary>Name of the root device as the image maps it. Default: /dev/xvda.</summary>
    public string RootDevice { get; init; } = "/dev/xvda";

    /// <summary>Size of the root volume in GiB. Default: 20.</summary>
    public int RootGiB { get; init; } = 20;

    /// <summary>Free space on it in MiB. Default: 14336.</summary>
    public int FreeMiB { get; init; } = 14336;

    /// <summary>What listens: protocol, address and port, like <c>tcp 0.0.0.0:22</c>. Default: ssh and, on the loopback address, chrony.</summary>
    public ImmutableArray<string> Listening { get; init; } = ["tcp 0.0.0.0:22", "tcp [::]:22", "udp 127.0.0.1:323"];

    /// <summary>A folder with a whole root file system, which is the host's own from then on and is written to: kubelet, dpkg and the like are then those that it has, and <see cref="Files"/> and versions are not made. Only for hosts that really run scripts, and for one instance. Default: null, and the disk is made from what is said here.</summary>
    public string? Root { get; init; }

    /// <summary>Further files by path, written at the first boot over what the host has.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
