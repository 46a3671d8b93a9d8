using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;

namespace Fleet.Hosting.Documents;

/// <summary>A resource's document as it was put, with what Fleet observed beside it as <c>status</c>.</summary>
public static class ResourceDocument
{
    /// <summary>The document of a cluster with its status.</summary>
    public static JsonObject Of(ClusterSpec cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var document = Declared(cluster);
        document["status"] = cluster.KubeSystemUid is null ? new JsonObject() : new JsonObject { ["kubeSystemUid"] = cluster.KubeSystemUid };
        return document;
    }

    /// <summary>The document of a pool with its status.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="status">What Fleet remembers of it.</param>
    /// <param name="run">The run that is under way on it; null for none.</param>
    public static JsonObject Of(NodePoolSpec pool, PoolStatus status, Run? run)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(status);
        var document = Declared(pool);
        var observed = new JsonObject
        {
            ["lastGood"] = new JsonObject(status.LastGood.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        };
        if (run is not null)
        {
            observed["run"] = new JsonObject { ["id"] = run.Id, ["phase"] = run.Phase.ToString().ToLowerInvariant() };
        }

        document["status"] = observed;
        return document;
    }

    /// <summary>The document of a cluster as it was put.</summary>
    public static JsonObject Declared(ClusterSpec cluster) => cluster?.Document is { } json ? Parse(json) : EffectiveDocument.Of(cluster!);

    /// <summary>The document of a pool as it was put.</summary>
    public static JsonObject Declared(NodePoolSpec pool) => pool?.Document is { } json ? Parse(json) : EffectiveDocument.Of(pool!);

    /// <summary>The document of a schedule as it was put.</summary>
    public static JsonObject Declared(ScheduleSpec schedule) => schedule?.Document is { } json ? Parse(json) : EffectiveDocument.Of(schedule!);

    /// <summary>The document of a recipe as it was put.</summary>
    public static JsonObject Declared(RecipeSpec recipe) => recipe?.Document is { } json ? Parse(json) : RecipeDocument.Effective(recipe!);

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
