using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Kinds;
using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Sandbox.Kubernetes.Reading;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Tables;

/// <summary>Answers in the form of a meta/v1 Table, which kubectl asks for to print.</summary>
internal sealed class TableWriter(ObjectBytes bytes, TimeProvider clock)
{
    /// <summary>Whether a client asks for a table first.</summary>
    public static bool Wanted(ApiRequest request) =>
        request.Http.Request.Headers.Accept.ToString().Split(',')[0] is var first && first.Contains("as=Table", StringComparison.Ordinal) && first.Contains("v=v1;", StringComparison.Ordinal);

    public JsonObject Table(ApiRequest request, ListPage page)
    {
        var metadata = new JsonObject { ["resourceVersion"] = page.Version.ToString() };
        metadata.With("continue", page.Continue).With("remainingItemCount", page.Remaining > 0 ? page.Remaining : null);
        return Table(request, page.Items, metadata);
    }

    public JsonObject Table(ApiRequest request, IEnumerable<WorldObject> items, JsonObject metadata)
    {
        var columns = TableColumns.Of(request.Kind.Resource);
        var now = clock.GetUtcNow();
        var rows = items.Select(item => new JsonObject
        {
            ["cells"] = new JsonArray([.. columns.Select(column => column.Cell(item, now))]),
            ["object"] = Row(request, item),
        });
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = metadata,
            ["columnDefinitions"] = Json.Of(columns.Select(column => column.Definition)),
            ["rows"] = Json.Of(rows),
        };
    }

    private JsonObject? Row(ApiRequest request, WorldObject item) => request.Query("includeObject") switch
    {
        "None" => null,
        "Object" => bytes.Document(request.Kind, item),
        _ => new JsonObject
        {
            ["kind"] = "PartialObjectMetadata",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = Overlay.Merge(MetaCodec.Render(item.Meta), item.Unmodelled.Object("metadata")),
        },
    };
}
