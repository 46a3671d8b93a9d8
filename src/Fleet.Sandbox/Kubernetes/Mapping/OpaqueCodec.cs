using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Kinds on which the world does not act: all but metadata is what clients wrote.</summary>
internal sealed class OpaqueCodec : Codec<OpaqueObject>
{
    protected override JsonObject Body(OpaqueObject value) => [];

    protected override OpaqueObject Parse(JsonObject document, ObjectMeta meta, OpaqueObject? before) => before is null ? new OpaqueObject { Meta = meta } : before with { Meta = meta };
}
