namespace Fleet.Core.Inventory;

/// <summary>What Fleet remembers of a pool apart from its spec.</summary>
public sealed record PoolStatus
{
    /// <summary>Per group: template id and version of the last successful rotation, <c>lt-…:7</c>: the way back.</summary>
    public IReadOnlyDictionary<string, string> LastGood { get; init; } = new Dictionary<string, string>();
}
