using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>Amounts that a scheduler counts.</summary>
public sealed record Resources
{
    /// <summary>Nothing.</summary>
    public static readonly Resources None = new();

    /// <summary>Thousandths of a core.</summary>
    public long MilliCpu { get; init; }

    /// <summary>Bytes of memory.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Number of pods; a pod counts 1.</summary>
    public long Pods { get; init; }

    /// <summary>Other resources by name (<c>nvidia.com/gpu</c>, <c>ephemeral-storage</c>), whole units.</summary>
    public ImmutableSortedDictionary<string, long> Others { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Sum.</summary>
    public static Resources operator +(Resources a, Resources b) => Combine(a, b, 1);

    /// <summary>Difference; may be negative.</summary>
    public static Resources operator -(Resources a, Resources b) => Combine(a, b, -1);

    /// <summary>Whether all of this fits into what is free; a resource that is not offered is 0.</summary>
    public bool FitsIn(Resources free) =>
        MilliCpu <= free.MilliCpu && MemoryBytes <= free.MemoryBytes && Pods <= free.Pods
        && Others.All(other => other.Value <= free.Others.GetValueOrDefault(other.Key));

    private static Resources Combine(Resources a, Resources b, int sign)
    {
        var others = a.Others;
        foreach (var (name, amount) in b.Others)
        {
            others = others.SetItem(name, others.GetValueOrDefault(name) + (sign * amount));
        }

        return new Resources
        {
            MilliCpu = a.MilliCpu + (sign * b.MilliCpu),
            MemoryBytes = a.MemoryBytes + (sign * b.MemoryBytes),
            Pods = a.Pods + (sign * b.Pods),
            Others = others,
        };
    }
}
