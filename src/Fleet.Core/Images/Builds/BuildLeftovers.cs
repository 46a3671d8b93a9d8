using System.Collections.Immutable;

namespace Fleet.Core.Images.Builds;

/// <summary>What a build has made beside its image, and has not removed. Only what bears the run's mark is in it: its tag, or a name that the run was heard or seen to give.</summary>
/// <param name="Instances">Instances with the run's tag that are not terminated, by id, with their state.</param>
/// <param name="KeyPair">The run's key pair; null where there is none.</param>
/// <param name="Groups">Temporary security groups, by id, with their names.</param>
/// <param name="Snapshots">Snapshots with the run's tag.</param>
public sealed record BuildLeftovers(ImmutableDictionary<string, string> Instances, string? KeyPair, ImmutableDictionary<string, string> Groups, ImmutableArray<string> Snapshots)
{
    /// <summary>None.</summary>
    public static BuildLeftovers None { get; } = new(ImmutableDictionary<string, string>.Empty, null, ImmutableDictionary<string, string>.Empty, []);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => Instances.IsEmpty && KeyPair is null && Groups.IsEmpty && Snapshots.IsEmpty;

    /// <summary>Those without snapshots: of an image that stays, its snapshots stay.</summary>
    public BuildLeftovers WithoutSnapshots => this with { Snapshots = [] };

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", [
        .. Instances.Keys.Order(StringComparer.Ordinal).Select(id => $"instance {id}"),
        .. KeyPair is null ? [] : (string[])[$"key pair {KeyPair}"],
        .. Groups.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"security group {group.Value}"),
        .. Snapshots.Select(id => $"snapshot {id}")]);
}
