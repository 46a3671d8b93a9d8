using Fleet.Simulation.Cluster.Api;

namespace Fleet.Sandbox.Kubernetes.Serving;

/// <summary>Refusals of the wire itself, in the server's words.</summary>
internal static class Refusals
{
    public static StatusException BadRequest(string message) => new(400, "BadRequest", message);

    public static StatusException NotServed() => new(404, "NotFound", "the server could not find the requested resource");

    public static StatusException MethodNotAllowed() => new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    public static StatusException UnsupportedMedia(string type) =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml; got {type}");

    public static StatusException Expired(string message) => new(410, "Expired", message);

    public static StatusException Invalid(string kind, string name, string field, string why, string reason = "FieldValueInvalid") =>
        new(422, "Invalid", $"{kind} \"{name}\" is invalid: {field}: {why}") { Kind = kind, Name = name, Causes = [new StatusCause(reason, why, field)] };
}
