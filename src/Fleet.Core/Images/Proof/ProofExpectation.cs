using System.Collections.Immutable;

namespace Fleet.Core.Images.Proof;

/// <summary>What an instance from a new image must be like. What is null or empty is not checked.</summary>
public sealed record ProofExpectation
{
    /// <summary>Version of kubelet, kubeadm and kubectl, without v.</summary>
    public required string Kubernetes { get; init; }

    /// <summary>Version of containerd.</summary>
    public string? Containerd { get; init; }

    /// <summary>Version of runc.</summary>
    public string? Runc { get; init; }

    /// <summary>Packages that apt must hold. Default: kubelet, kubeadm, kubectl.</summary>
    public ImmutableArray<string> Held { get; init; } = ["kubelet", "kubeadm", "kubectl"];

    /// <summary>Units that must be enabled. Default: those of a worker.</summary>
    public ImmutableArray<string> Enabled { get; init; } = ["amazon-ssm-agent.service", "chrony.service", "containerd.service", "kubelet.service", "logrotate.timer"];

    /// <summary>Units that must run. Default: containerd and chrony; kubelet waits until its node joins.</summary>
    public ImmutableArray<string> Active { get; init; } = ["chrony.service", "containerd.service"];

    /// <summary>Units that must never run by themselves: nodes are replaced, not patched.</summary>
    public ImmutableArray<string> Off { get; init; } = ["apt-daily.timer", "apt-daily-upgrade.timer", "unattended-upgrades.service"];

    /// <summary>Kernel modules that must be there. Default: overlay and br_netfilter.</summary>
    public ImmutableArray<string> Modules { get; init; } = ["overlay", "br_netfilter"];

    /// <summary>The root device's name as the image maps it.</summary>
    public string? RootDevice { get; init; }

    /// <summary>Size of the root volume in GiB as the template maps it.</summary>
    public int? RootGiB { get; init; }

    /// <summary>Least free space on the root file system in MiB. Default: 2048.</summary>
    public int FreeMiB { get; init; } = 2048;

    /// <summary>What may listen for others than the host itself, as <c>tcp 22</c>. Default: ssh, and DHCP's client.</summary>
    public ImmutableArray<string> Listening { get; init; } = ["tcp 22", "udp 68", "udp 546"];
}
