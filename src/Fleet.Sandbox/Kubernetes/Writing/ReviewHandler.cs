using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>What may I do, who am I: everything is allowed unless a rule of the world denies it.</summary>
internal sealed class ReviewHandler(World world)
{
    /// <summary>Whether the path is a review's.</summary>
    public static bool Serves(string path) => path is
        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" or "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews" or "/apis/authentication.k8s.io/v1/selfsubjectreviews";

    public async Task ReviewAsync(HttpContext http, string caller, string path)
    {
        var review = await RequestBody.ReadAsync(http, "a review").ConfigureAwait(false) as JsonObject ?? throw Refusals.BadRequest("a review is wanted in the body");
        review["metadata"] = new JsonObject();
        review["status"] = path.Split('/')[^1] switch
        {
            "selfsubjectreviews" => new JsonObject { ["userInfo"] = new JsonObject { ["username"] = caller, ["groups"] = new JsonArray("system:authenticated") } },
            "selfsubjectrulesreviews" => Rules(),
            _ => Access(caller, review.Object("spec").Object("resourceAttributes")),
        };
        await Answer.WriteAsync(http, 201, review).ConfigureAwait(false);
    }

    private JsonObject Access(string caller, JsonObject? attributes)
    {
        if (attributes is null)
        {
            return new JsonObject { ["allowed"] = true };
        }

        var plural = attributes.Text("resource") ?? "";
        var resource = attributes.Text("subresource") is { Length: > 0 } sub ? $"{plural}/{sub}" : attributes.Text("group") is { Length: > 0 } group ? $"{plural}.{group}" : plural;
        var key = new Simulation.Cluster.Objects.ObjectKey(attributes.Text("namespace") ?? "", attributes.Text("name") ?? "");
        var verb = $"{attributes.Text("verb")} {resource}";
        lock (world.Gate)
        {
            var denied = world.Faults.Denies(new WorldCall(Api.Kubernetes, caller, verb, key.ToString(), Writes: false));
            var status = new JsonObject { ["allowed"] = !denied };
            return status.With("reason", denied ? $"the world denies \"{verb}\" to \"{caller}\"" : null);
        }
    }

    private static JsonObject Rules() => new()
    {
        ["resourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*") }),
        ["nonResourceRules"] = new JsonArray(),
        ["incomplete"] = false,
    };
}
