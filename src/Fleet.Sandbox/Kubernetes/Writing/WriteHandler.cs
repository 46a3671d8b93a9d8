using System.Buffers;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Kinds;
using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Sandbox.Kubernetes.Reading;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Sandbox.Kubernetes.Tables;
using Fleet.Simulation;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>create, update and delete.</summary>
internal sealed class WriteHandler(World world, ObjectBytes bytes, TableWriter tables)
{
    public async Task CreateAsync(ApiRequest request)
    {
        var document = await RequestBody.ReadObjectAsync(request).ConfigureAwait(false);
        if (document.Object("metadata") is { } metadata && metadata.Text("name") is null or "" && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = prefix + Suffix();
        }

        var wanted = Intake.Read(request, document, null);
        if (wanted is OpaqueObject && request.Kind.Resource == "namespaces")
        {
            wanted = wanted with { Meta = wanted.Meta with { Labels = wanted.Meta.Labels.SetItem("kubernetes.io/metadata.name", wanted.Meta.Name) } };
        }

        await AnswerAsync(request, 201, request.Api(world).Create(request.Kind.Resource, wanted, request.DryRun)).ConfigureAwait(false);
    }

    public async Task UpdateAsync(ApiRequest request)
    {
        var document = await RequestBody.ReadObjectAsync(request).ConfigureAwait(false);
        WorldObject stored;
        lock (world.Gate)
        {
            var before = world.Cluster.FindTable(request.Kind.Resource)?.Find(request.Key) ?? request.Api(world).Get(request.Kind.Resource, request.Key);
            var current = bytes.Document(request.Kind, before);
            Keep(document, current, request.Subresource);
            var version = Version(document);
            var wanted = Intake.Read(request, document, before);
            stored = request.Api(world).Update(request.Kind.Resource, wanted, version, new UpdateOptions { Subresource = request.Subresource, DryRun = request.DryRun });
        }

        await AnswerAsync(request, 200, stored).ConfigureAwait(false);
    }

    public async Task DeleteAsync(ApiRequest request)
    {
        var options = DeletionText.Read(request, await RequestBody.ReadAsync(request).ConfigureAwait(false) as JsonObject);
        WorldObject gone;
        bool stays;
        lock (world.Gate)
        {
            gone = request.Api(world).Delete(request.Kind.Resource, request.Key, options);
            stays = gone is Pod || world.Cluster.FindTable(request.Kind.Resource)?.Find(request.Key) is not null;
        }

        if (stays)
        {
            await AnswerAsync(request, 200, gone).ConfigureAwait(false);
            return;
        }

        var details = new JsonObject { ["name"] = gone.Meta.Name, ["kind"] = request.Kind.Plural, ["uid"] = gone.Meta.Uid };
        details.With("group", request.Kind.Group.Length > 0 ? request.Kind.Group : null);
        await Answer.WriteAsync(request.Http, 200, StatusAnswer.Success(200, details)).ConfigureAwait(false);
    }

    /// <summary>Deletes each object of a selection, as the server does: one after the other, and those that have gone meanwhile are passed over.</summary>
    public async Task DeleteCollectionAsync(ApiRequest request)
    {
        var options = DeletionText.Read(request, await RequestBody.ReadAsync(request).ConfigureAwait(false) as JsonObject);
        var selection = new Selection(request);
        var items = new List<JsonObject>();
        lock (world.Gate)
        {
            foreach (var one in world.Cluster.FindTable(request.Kind.Resource)!.All.Where(selection.Holds).ToList())
            {
                items.Add(bytes.Document(request.Kind, request.Api(world).Delete(request.Kind.Resource, one.Meta.Key, options)));
            }
        }

        var metadata = new JsonObject { ["resourceVersion"] = world.Cluster.Version.ToString() };
        await Answer.WriteAsync(request.Http, 200, new JsonObject { ["kind"] = request.Kind.Kind + "List", ["apiVersion"] = request.Kind.ApiVersion, ["metadata"] = metadata, ["items"] = Json.Of(items) }).ConfigureAwait(false);
    }

    /// <summary>Answers with one object, as document or as a table.</summary>
    public Task AnswerAsync(ApiRequest request, int status, WorldObject value)
    {
        if (TableWriter.Wanted(request))
        {
            return Answer.WriteAsync(request.Http, status, tables.Table(request, [value], new JsonObject { ["resourceVersion"] = value.Meta.ResourceVersion.ToString() }));
        }

        var buffer = new ArrayBufferWriter<byte>(4096);
        bytes.WriteWhole(buffer, request.Kind, value);
        return Answer.WriteAsync(request.Http, status, buffer.WrittenMemory);
    }

    /// <summary>The half of an object that the path does not write stays as it is.</summary>
    public static void Keep(JsonObject document, JsonObject current, string? subresource)
    {
        var kept = subresource == "status" ? "spec" : "status";
        document.Remove(kept);
        document.With(kept, current[kept]?.DeepClone());
    }

    /// <summary>The version that the client read; null when it did not say.</summary>
    public static long? Version(JsonObject document) => document.Object("metadata").Text("resourceVersion") switch
    {
        null or "" => null,
        var text when long.TryParse(text, out var version) => version,
        var text => throw Refusals.BadRequest($"metadata.resourceVersion: Invalid value: \"{text}\""),
    };

    private string Suffix()
    {
        const string Letters = "bcdfghjklmnpqrstvwxz2456789";
        lock (world.Gate)
        {
            var random = world.Chance.For($"generateName/{world.Cluster.Version}/{world.Log.Records.Count}");
            return string.Create(5, random, (span, source) =>
            {
                foreach (ref var letter in span)
                {
                    letter = Letters[source.Next(Letters.Length)];
                }
            });
        }
    }
}
