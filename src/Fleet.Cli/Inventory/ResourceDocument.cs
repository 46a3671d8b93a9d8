using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Inventory;

/// <summary>A resource's document as it was put, with what Fleet observed beside it as <c>status</c>.</summary>
internal static class ResourceDocument
{
    public static JsonObject Of(ClusterSpec cluster)
    {
        var document = Declared(cluster);
        document["status"] = cluster.KubeSystemUid is null ? new JsonObject() : new JsonObject { ["kubeSystemUid"] = cluster.KubeSystemUid };
        return document;
    }

    public static JsonObject Of(NodePoolSpec pool, PoolStatus status, Run? run)
    {
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

    public static JsonObject Declared(ClusterSpec cluster) => cluster.Document is { } json ? Parse(json) : EffectiveDocument.Of(cluster);

    public static JsonObject Declared(NodePoolSpec pool) => pool.Document is { } json ? Parse(json) : EffectiveDocument.Of(pool);

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
