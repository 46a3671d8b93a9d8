using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>The drivers registered on a node.</summary>
internal sealed class CsiNodeCodec() : Codec<CsiNode>("spec.drivers")
{
    protected override JsonObject Body(CsiNode value)
    {
        var drivers = value.Drivers.Select(driver => new JsonObject { ["name"] = driver, ["nodeID"] = value.Meta.Name, ["topologyKeys"] = new JsonArray("topology.kubernetes.io/zone") });
        return new JsonObject { ["spec"] = new JsonObject { ["drivers"] = Json.Of(drivers) } };
    }

    protected override CsiNode Parse(JsonObject document, ObjectMeta meta, CsiNode? before) =>
        (before ?? new CsiNode { Meta = meta }) with { Meta = meta, Drivers = [.. document.Object("spec").Objects("drivers").Select(driver => driver.Text("name")).OfType<string>()] };
}
