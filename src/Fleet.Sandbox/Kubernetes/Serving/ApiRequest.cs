using System.Globalization;
using Fleet.Sandbox.Kubernetes.Kinds;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sandbox.Kubernetes.Serving;

/// <summary>One request to a resource: who, what kind, which object.</summary>
/// <param name="Http">The exchange.</param>
/// <param name="Caller">Authenticated user.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">Namespace; null for all, or for a kind without.</param>
/// <param name="Name">Object; null for the collection.</param>
/// <param name="Subresource">Subresource; null for the object itself.</param>
internal sealed record ApiRequest(HttpContext Http, string Caller, KubeKind Kind, string? Namespace, string? Name, string? Subresource)
{
    public ObjectKey Key => new(Namespace ?? "", Name ?? "");

    public CancellationToken Aborted => Http.RequestAborted;

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;

    public bool Flag(string name) => Query(name) is "true" or "1";

    public long? Number(string name)
    {
        if (Query(name) is not { Length: > 0 } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Refusals.BadRequest($"invalid value \"{text}\" of the parameter {name}: a whole number is wanted");
    }

    /// <summary>Whether nothing is to be changed; <c>All</c> is the only value allowed.</summary>
    public bool DryRun => Query("dryRun") switch
    {
        null or "" => false,
        "All" => true,
        var other => throw Refusals.Invalid(Kind.Kind, Name ?? "", "dryRun", $"Unsupported value: \"{other}\": supported values: \"All\""),
    };

    public ClusterApi Api(Fleet.Simulation.World world) => new(world, Caller);
}
