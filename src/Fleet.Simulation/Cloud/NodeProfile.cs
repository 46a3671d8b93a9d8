using System.Collections.Immutable;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cloud;

/// <summary>What machines of an instance type are like: how long they take and what node they become.</summary>
public sealed record NodeProfile
{
    /// <summary>Instance type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>Processor architecture, <c>x86_64</c> or <c>arm64</c>.</summary>
    public string Architecture { get; init; } = "x86_64";

    /// <summary>What pods may use of the node. Default: 4 cores, 16 GiB, 58 pods.</summary>
    public Resources Allocatable { get; init; } = new(4000, 16L << 30, 58);

    /// <summary>Mean time from EC2 state running to the node's registration. Default: 90 s.</summary>
    public TimeSpan BootMean { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Standard deviation of that time; draws are cut at a third and at three times the mean. Default: 20 s.</summary>
    public TimeSpan BootDeviation { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time from registration to Ready without startup taints. Default: 5 s.</summary>
    public TimeSpan ReadyDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time from launch to EC2 state running. Default: 4 s.</summary>
    public TimeSpan LaunchDelay { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Time from the termination request to EC2 state terminated. Default: 15 s.</summary>
    public TimeSpan Shutdown { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Taints that the node registers with beside those of Kubernetes itself, and loses when it becomes Ready (a CNI's, for instance).</summary>
    public ImmutableArray<Taint> StartupTaints { get; init; } = [];

    /// <summary>CSI drivers that register on the node. Default: <c>ebs.csi.aws.com</c>.</summary>
    public ImmutableArray<string> CsiDrivers { get; init; } = ["ebs.csi.aws.com"];
}
