using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Inventory.Validation;

/// <summary>One document that was read, with what is needed to report on it against others; it is of one kind.</summary>
internal sealed record DeclaredResource(FieldReader Metadata, FieldReader Spec)
{
    public ClusterSpec? Cluster { get; init; }

    public NodePoolSpec? Pool { get; init; }

    public ScheduleSpec? Schedule { get; init; }

    public RecipeSpec? Recipe { get; init; }
}
