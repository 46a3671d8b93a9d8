using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Joins a kind's modelled fields with metadata and with what clients wrote beside them.</summary>
/// <param name="owned">Paths, beside the standard ones of metadata, whose content belongs to the world alone.</param>
internal abstract class Codec<T>(params string[] owned) : ICodec
    where T : WorldObject
{
    private readonly FrozenSet<string> _owned = owned.Concat(MetaCodec.Owned).ToFrozenSet();

    public JsonObject Render(WorldObject value) => Finish((T)value, Overlay.Merge(Modelled((T)value), value.Unmodelled));

    public WorldObject Read(JsonObject document, WorldObject? before)
    {
        var value = Parse(document, MetaCodec.Read(document, before?.Meta), (T?)before);
        return value with { Unmodelled = Overlay.Rest(document, Modelled(value), _owned) };
    }

    /// <summary>The modelled part of the document without metadata.</summary>
    protected abstract JsonObject Body(T value);

    /// <summary>Reads the modelled part.</summary>
    protected abstract T Parse(JsonObject document, ObjectMeta meta, T? before);

    /// <summary>Adds what follows from the joined document, e.g. a status per container.</summary>
    protected virtual JsonObject Finish(T value, JsonObject document) => document;

    private JsonObject Modelled(T value)
    {
        var document = new JsonObject { ["metadata"] = MetaCodec.Render(value.Meta) };
        var body = Body(value);
        foreach (var (name, part) in body.ToArray())
        {
            body.Remove(name);
            document[name] = part;
        }

        return document;
    }
}
