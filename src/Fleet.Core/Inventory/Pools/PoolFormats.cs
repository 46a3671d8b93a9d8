using System.Text.RegularExpressions;

namespace Fleet.Core.Inventory.Pools;

/// <summary>The forms of what a pool declares of its machines. User data is a script: no form admits a character that a shell or YAML reads.</summary>
public static partial class PoolFormats
{
    /// <summary>An instance profile (IAM, "IAM identifiers").</summary>
    public static Format InstanceProfile { get; } = new(InstanceProfileForm(), "a profile's name, or its ARN like arn:aws:iam::123456789012:instance-profile/workers");

    /// <summary>An amount of a resource (Kubernetes, "Quantity"), not negative.</summary>
    public static Format Quantity { get; } = new(QuantityForm(), "a quantity like 500m, 2 or 1Gi");

    /// <summary>A limit at which pods are evicted (Kubernetes, "Node-pressure Eviction").</summary>
    public static Format Threshold { get; } = new(ThresholdForm(), "a quantity like 500Mi, or a percentage above 0% and below 100%");

    /// <summary>Resources that can be kept back (Kubernetes, "Reserve Compute Resources for System Daemons").</summary>
    public static Format Resource { get; } = new(ResourceForm(), "cpu, memory, ephemeral-storage or pid");

    /// <summary>Signals of a node that runs short (Kubernetes, "Node-pressure Eviction").</summary>
    public static Format Signal { get; } = new(SignalForm(), "memory.available, nodefs.available, nodefs.inodesFree, imagefs.available, imagefs.inodesFree or pid.available");

    [GeneratedRegex(@"\A(arn:aws(-[a-z]+)*:iam::[0-9]{12}:instance-profile/([A-Za-z0-9+=,.@_-]{1,512}/)*)?[A-Za-z0-9+=,.@_-]{1,128}\z")]
    private static partial Regex InstanceProfileForm();

    [GeneratedRegex(@"\A[0-9]{1,15}(\.[0-9]{1,3})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?\z")]
    private static partial Regex QuantityForm();

    [GeneratedRegex(@"\A([0-9]{1,15}(\.[0-9]{1,3})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?|(?!0+(\.0+)?%)[0-9]{1,2}(\.[0-9]{1,3})?%)\z")]
    private static partial Regex ThresholdForm();

    [GeneratedRegex(@"\A(cpu|memory|ephemeral-storage|pid)\z")]
    private static partial Regex ResourceForm();

    [GeneratedRegex(@"\A(memory\.available|(nodefs|imagefs)\.(available|inodesFree)|pid\.available)\z")]
    private static partial Regex SignalForm();
}
