using System.Collections.Immutable;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Inventory;

/// <summary>What shall become of the declared resources, decided on how they stand.</summary>
public sealed record InventoryChange
{
    /// <summary>Clusters to store.</summary>
    public ImmutableArray<ClusterSpec> Clusters { get; init; } = [];

    /// <summary>Pools to store.</summary>
    public ImmutableArray<NodePoolSpec> Pools { get; init; } = [];

    /// <summary>Schedules to store.</summary>
    public ImmutableArray<ScheduleSpec> Schedules { get; init; } = [];

    /// <summary>Recipes to store.</summary>
    public ImmutableArray<RecipeSpec> Recipes { get; init; } = [];

    /// <summary>The cluster to remove; null for none.</summary>
    public string? DeleteCluster { get; init; }

    /// <summary>The pool to remove, with what Fleet remembers of it; null for none.</summary>
    public (string Cluster, string Name)? DeletePool { get; init; }

    /// <summary>The schedule to remove, with what Fleet remembers of it; null for none.</summary>
    public string? DeleteSchedule { get; init; }

    /// <summary>The recipe to remove; null for none. What Fleet knows of its images stays.</summary>
    public string? DeleteRecipe { get; init; }
}
