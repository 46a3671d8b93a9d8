using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Between a record of the world and the API's document of it (apiVersion and kind apart).</summary>
internal interface ICodec
{
    /// <summary>The whole document: what the world models, and beside it what clients wrote.</summary>
    JsonObject Render(WorldObject value);

    /// <summary>Reads a document that has passed the schema check.</summary>
    /// <param name="document">The whole document.</param>
    /// <param name="before">The object as it is; null when it is new.</param>
    WorldObject Read(JsonObject document, WorldObject? before);
}
