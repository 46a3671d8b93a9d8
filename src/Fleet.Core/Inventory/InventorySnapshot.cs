using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Inventory;

/// <summary>All declared resources.</summary>
public sealed record InventorySnapshot
{
    /// <summary>The clusters, by name.</summary>
    public IReadOnlyList<ClusterSpec> Clusters { get; init; } = [];

    /// <summary>The pools, by cluster and name.</summary>
    public IReadOnlyList<NodePoolSpec> Pools { get; init; } = [];

    /// <summary>The schedules, by name.</summary>
    public IReadOnlyList<ScheduleSpec> Schedules { get; init; } = [];

    /// <summary>The recipes, by name.</summary>
    public IReadOnlyList<RecipeSpec> Recipes { get; init; } = [];
}
