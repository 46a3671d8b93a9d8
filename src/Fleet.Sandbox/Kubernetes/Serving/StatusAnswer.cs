using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Api;

namespace Fleet.Sandbox.Kubernetes.Serving;

/// <summary>Status documents (meta/v1 Status).</summary>
internal static class StatusAnswer
{
    public static JsonObject Of(StatusException refusal)
    {
        var details = new JsonObject();
        details.With("name", refusal.Name.Length > 0 ? refusal.Name : null).With("group", refusal.Group.Length > 0 ? refusal.Group : null).With("kind", refusal.Kind.Length > 0 ? refusal.Kind : null);
        details.With("causes", Json.Of(refusal.Causes.Select(Cause)));
        details.With("retryAfterSeconds", refusal.RetryAfterSeconds > 0 ? refusal.RetryAfterSeconds : null);
        return Failure(refusal.Status, refusal.Reason, refusal.Message, details);
    }

    /// <summary>A planned fault as the server would word it.</summary>
    public static JsonObject Of(WorldFaultException fault)
    {
        var call = fault.Call;
        var words = call.Verb.Split(' ', 2);
        var (plural, group) = words[^1].Split('.', 2) is [var one, var rest] ? (one, rest) : (words[^1], "");
        var slash = call.Subject.IndexOf('/', StringComparison.Ordinal);
        var place = slash < 0 ? "at the cluster scope" : $"in the namespace \"{call.Subject[..slash]}\"";
        return fault.Kind switch
        {
            WorldFaultKind.Throttled => Failure(429, "TooManyRequests", "Too many requests, please try again later.", new JsonObject { ["retryAfterSeconds"] = 1 }),
            WorldFaultKind.Denied => Failure(403, "Forbidden",
                $"{words[^1]} {(call.Subject.Length > 0 ? $"\"{call.Subject[(slash + 1)..]}\" " : "")}is forbidden: User \"{call.Caller}\" cannot {words[0]} resource \"{plural}\" in API group \"{group}\" {place}",
                new JsonObject { ["kind"] = plural }.With("name", call.Subject.Length > 0 ? call.Subject[(slash + 1)..] : null).With("group", group.Length > 0 ? group : null)!.AsObject()),
            _ => Failure(503, "ServiceUnavailable", "the server is currently unable to handle the request", []),
        };
    }

    public static JsonObject Failure(int code, string reason, string message, JsonObject details)
    {
        var status = new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Failure", ["message"] = message };
        status.With("reason", reason.Length > 0 ? reason : null).With("details", details);
        status["code"] = code;
        return status;
    }

    public static JsonObject Success(int code, JsonObject? details = null)
    {
        var status = new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success" };
        status.With("details", details);
        if (code != 200)
        {
            status["code"] = code;
        }

        return status;
    }

    private static JsonObject Cause(StatusCause cause) => new JsonObject().With("reason", cause.Reason).With("message", cause.Message).With("field", cause.Field);
}
