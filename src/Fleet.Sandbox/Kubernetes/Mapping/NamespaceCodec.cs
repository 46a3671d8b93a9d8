using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Namespaces: opaque but for their phase.</summary>
internal sealed class NamespaceCodec() : Codec<OpaqueObject>("status.phase")
{
    protected override JsonObject Body(OpaqueObject value) => new()
    {
        ["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") },
        ["status"] = new JsonObject { ["phase"] = value.Meta.DeletionTimestamp is null ? "Active" : "Terminating" },
    };

    protected override OpaqueObject Parse(JsonObject document, ObjectMeta meta, OpaqueObject? before) => before is null ? new OpaqueObject { Meta = meta } : before with { Meta = meta };
}
