using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Sandbox.Kubernetes.Patches;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Sandbox.Kubernetes.Tables;
using Fleet.Simulation;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>The scale subresource (autoscaling/v1 Scale).</summary>
internal sealed class ScaleHandler(World world)
{
    public Task GetAsync(ApiRequest request) =>
        Answer.WriteAsync(request.Http, 200, Render((Workload)request.Api(world).Get(request.Kind.Resource, request.Key)));

    /// <summary>PUT, or a patch of the Scale document.</summary>
    public async Task WriteAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadAsync(request).ConfigureAwait(false);
        var patched = HttpMethods.IsPatch(request.Http.Request.Method);
        Workload stored;
        lock (world.Gate)
        {
            var before = (Workload)(world.Cluster.FindTable(request.Kind.Resource)?.Find(request.Key) ?? request.Api(world).Get(request.Kind.Resource, request.Key));
            var scale = (patched, body) switch
            {
                (true, JsonArray operations) => JsonPatch.Apply(Render(before), operations),
                (true, JsonObject patch) => MergePatch.Apply(Render(before), patch),
                (false, JsonObject whole) => whole,
                _ => throw Refusals.BadRequest("a Scale, or a patch of one, is wanted"),
            };
            var replicas = scale.Object("spec")?["replicas"] is null ? 0 : scale.Object("spec").Number("replicas");
            if (replicas is null or < 0 or > int.MaxValue)
            {
                throw Refusals.Invalid("Scale", request.Name!, "spec.replicas", $"Invalid value: {scale.Object("spec").Text("replicas")}: must be greater than or equal to 0");
            }

            var version = WriteHandler.Version(scale) is { } read && (!patched || read != before.Meta.ResourceVersion) ? read : (long?)null;
            stored = (Workload)request.Api(world).Update(request.Kind.Resource, before with { Replicas = (int)replicas }, version, new UpdateOptions
            {
                Verb = patched ? "patch" : "update",
                Subresource = "scale",
                Detail = $"replicas={replicas}",
                DryRun = request.DryRun,
            });
        }

        await Answer.WriteAsync(request.Http, 200, Render(stored)).ConfigureAwait(false);
    }

    private static JsonObject Render(Workload workload)
    {
        var spec = new JsonObject();
        if (workload.Replicas > 0)
        {
            // A scale of 0 comes as an empty spec.
            spec["replicas"] = workload.Replicas;
        }

        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = workload.Meta.Name,
                ["namespace"] = workload.Meta.Namespace,
                ["uid"] = workload.Meta.Uid,
                ["resourceVersion"] = workload.Meta.ResourceVersion.ToString(),
                ["creationTimestamp"] = Json.Time(workload.Meta.Created),
            },
            ["spec"] = spec,
            ["status"] = new JsonObject { ["replicas"] = workload.Current, ["selector"] = TableColumn.Joined(workload.Selector.MatchLabels) },
        };
    }
}
