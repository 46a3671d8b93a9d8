using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;

namespace Fleet.Service.Resources;

/// <summary>What applying a document comes to.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name; of a pool with its cluster.</param>
/// <param name="Before">The document as it was declared; null where there was none.</param>
/// <param name="After">The document as it is to be declared.</param>
internal sealed record AppliedResource(string Kind, string Name, JsonObject? Before, JsonObject After)
{
    /// <summary><c>NodePool prod/workers</c>.</summary>
    public string Title => $"{Kind} {Name}";

    /// <summary>Whether nothing changes.</summary>
    public bool IsSame => JsonNode.DeepEquals(Before, After);

    public static ImmutableArray<AppliedResource> All(Declarations declared, InventorySnapshot stored) =>
    [
        .. declared.Clusters.Select(cluster => new AppliedResource("Cluster", cluster.Name, stored.Clusters.FirstOrDefault(before => before.Name == cluster.Name) is { } before ? ResourceDocument.Declared(before) : null, ResourceDocument.Declared(cluster))),
        .. declared.Pools.Select(pool => new AppliedResource("NodePool", $"{pool.Cluster}/{pool.Name}", stored.Pools.FirstOrDefault(before => (before.Cluster, before.Name) == (pool.Cluster, pool.Name)) is { } before ? ResourceDocument.Declared(before) : null, ResourceDocument.Declared(pool))),
        .. declared.Recipes.Select(recipe => new AppliedResource("Recipe", recipe.Name, stored.Recipes.FirstOrDefault(before => before.Name == recipe.Name) is { } before ? ResourceDocument.Declared(before) : null, ResourceDocument.Declared(recipe))),
        .. declared.Schedules.Select(schedule => new AppliedResource("Schedule", schedule.Name, stored.Schedules.FirstOrDefault(before => before.Name == schedule.Name) is { } before ? ResourceDocument.Declared(before) : null, ResourceDocument.Declared(schedule))),
    ];

    /// <param name="pinned">Of a cluster: whether it is known who it is.</param>
    public JsonObject ToJson(bool pinned)
    {
        var json = new JsonObject { ["kind"] = Kind, ["name"] = Name, ["result"] = Before is null ? "created" : IsSame ? "unchanged" : "changed", ["etag"] = Preconditions.Tag(After) };
        if (Kind == "Cluster")
        {
            json["pinned"] = pinned;
        }

        return json;
    }
}
