using System.Collections.Immutable;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Inventory;

/// <summary>What was read from documents. Where there are errors nothing of it may be used.</summary>
/// <param name="Clusters">Clusters, in the order of the documents.</param>
/// <param name="Pools">Pools, in the order of the documents.</param>
/// <param name="Schedules">Schedules, in the order of the documents.</param>
/// <param name="Errors">All that is wrong, in the order of the text.</param>
public sealed record Declarations(ImmutableArray<ClusterSpec> Clusters, ImmutableArray<NodePoolSpec> Pools, ImmutableArray<ScheduleSpec> Schedules, ImmutableArray<InputError> Errors)
{
    /// <summary>Recipes, in the order of the documents.</summary>
    public ImmutableArray<RecipeSpec> Recipes { get; init; } = [];
}
