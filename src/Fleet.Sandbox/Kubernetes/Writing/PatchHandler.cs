using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Kinds;
using Fleet.Sandbox.Kubernetes.Patches;
using Fleet.Sandbox.Kubernetes.Schemas;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>The patches: JSON patch, merge patch, strategic merge patch, server-side apply. Read, changed and written under one lock, so that none is lost.</summary>
internal sealed class PatchHandler(World world, ObjectBytes bytes, WriteHandler writes)
{
    private const int Shown = 200;

    public async Task PatchAsync(ApiRequest request)
    {
        var type = request.Http.Request.ContentType?.Split(';')[0].Trim() ?? "";
        var patch = await RequestBody.ReadAsync(request).ConfigureAwait(false) ?? throw Refusals.BadRequest("a patch is wanted in the body");
        WorldObject stored;
        var created = false;
        lock (world.Gate)
        {
            var before = world.Cluster.FindTable(request.Kind.Resource)?.Find(request.Key);
            if (before is null && type == "application/apply-patch+yaml")
            {
                stored = request.Api(world).Create(request.Kind.Resource, Intake.Read(request, Patched(request, type, [], patch), null), request.DryRun);
                created = true;
            }
            else
            {
                before ??= request.Api(world).Get(request.Kind.Resource, request.Key);
                stored = Update(request, type, before, patch);
            }
        }

        await writes.AnswerAsync(request, created ? 201 : 200, stored).ConfigureAwait(false);
    }

    private WorldObject Update(ApiRequest request, string type, WorldObject before, JsonNode patch)
    {
        var current = bytes.Document(request.Kind, before);
        var patched = Patched(request, type, current, patch);
        WriteHandler.Keep(patched, current, request.Subresource);
        var read = WriteHandler.Version(patched);
        var wanted = Intake.Read(request, patched, before);
        return request.Api(world).Update(request.Kind.Resource, wanted, read == before.Meta.ResourceVersion ? null : read, new UpdateOptions
        {
            Verb = "patch",
            Subresource = request.Subresource,
            Detail = Detail(request, patch),
            DryRun = request.DryRun,
        });
    }

    private JsonObject Patched(ApiRequest request, string type, JsonObject current, JsonNode patch)
    {
        var schema = ApiModel.Of(request.Kind.ApiVersion, request.Kind.Kind);
        return (type, patch) switch
        {
            ("application/json-patch+json", JsonArray operations) => JsonPatch.Apply(current, operations),
            ("application/merge-patch+json", JsonObject merge) => MergePatch.Apply(current, merge),
            ("application/strategic-merge-patch+json", JsonObject strategic) => StrategicMergePatch.Apply(current, strategic, schema),
            ("application/apply-patch+yaml", JsonObject applied) => ServerSideApply.Apply(request, current, applied, schema, world.Now),
            ("application/json-patch+json" or "application/merge-patch+json" or "application/strategic-merge-patch+json" or "application/apply-patch+yaml", _) =>
                throw Refusals.BadRequest($"the patch is no {(type.Contains("json-patch", StringComparison.Ordinal) ? "list of operations" : "object")}"),
            _ => throw Refusals.UnsupportedMedia(type),
        };
    }

    /// <summary>What the patch says, for the log; never of a secret.</summary>
    private static string? Detail(ApiRequest request, JsonNode patch) =>
        request.Kind.Plural == "secrets" ? null : patch.ToJsonString() is { Length: > Shown } text ? text[..Shown] + "…" : patch.ToJsonString();
}
