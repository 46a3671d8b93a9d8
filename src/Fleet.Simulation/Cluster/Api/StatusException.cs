using System.Collections.Immutable;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Api;

/// <summary>The API server's refusal: a Status object of kind Failure.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="reason">The Status' reason; empty where the server gives none.</param>
/// <param name="message">Its message.</param>
public sealed class StatusException(int status, string reason, string message) : CallRefusedException(status, reason, message)
{
    /// <summary>The Status' reason; empty where the server gives none.</summary>
    public string Reason => Code;

    /// <summary>details.group of the object; empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>details.kind: the resource (plural without group).</summary>
    public string Kind { get; init; } = "";

    /// <summary>details.name.</summary>
    public string Name { get; init; } = "";

    /// <summary>details.causes.</summary>
    public ImmutableArray<StatusCause> Causes { get; init; } = [];

    /// <summary>details.retryAfterSeconds, also sent as Retry-After; 0 when there is no hint.</summary>
    public int RetryAfterSeconds { get; init; }

    internal static StatusException NotFound(string resource, string name) =>
        Of(404, "NotFound", resource, name, $"{resource} \"{name}\" not found");

    internal static StatusException AlreadyExists(string resource, string name) =>
        Of(409, "AlreadyExists", resource, name, $"{resource} \"{name}\" already exists");

    internal static StatusException Modified(string resource, string name) =>
        Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    internal static StatusException Precondition(string resource, WorldObject stored, string? uid, long? version) =>
        Conflict(resource, stored.Meta.Name, uid is not null && uid != stored.Meta.Uid
            ? $"Precondition failed: UID in precondition: {uid}, UID in object meta: {stored.Meta.Uid}"
            : $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {stored.Meta.ResourceVersion}");

    internal static StatusException Forbidden(string resource, string name, string why, params StatusCause[] causes) =>
        Of(403, "Forbidden", resource, name, $"{resource} \"{name}\" is forbidden: {why}", causes);

    internal static StatusException Invalid(string resource, string name, string field, string why) =>
        Of(422, "Invalid", resource, name, $"{resource} \"{name}\" is invalid: {field}: {why}", [new("FieldValueInvalid", why, field)]);

    private static StatusException Conflict(string resource, string name, string why) =>
        Of(409, "Conflict", resource, name, $"Operation cannot be fulfilled on {resource} \"{name}\": {why}");

    private static StatusException Of(int status, string reason, string resource, string name, string message, params StatusCause[] causes)
    {
        var dot = resource.IndexOf('.', StringComparison.Ordinal);
        return new(status, reason, message)
        {
            Kind = dot < 0 ? resource : resource[..dot],
            Group = dot < 0 ? "" : resource[(dot + 1)..],
            Name = name,
            Causes = [.. causes],
        };
    }
}
