using Fleet.Sandbox.Kubernetes.Kinds;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Reading;

/// <summary>A fieldSelector: comparisons that must all hold, on the fields that the server indexes for the kind.</summary>
internal static class FieldSelector
{
    /// <summary>Parses a selector into a test; null when there is none.</summary>
    /// <exception cref="Fleet.Simulation.Cluster.Api.StatusException">400: syntax, or a field that the kind does not support.</exception>
    public static Func<WorldObject, bool>? Parse(KubeKind kind, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var tests = text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(term => Term(kind, term)).ToList();
        return value => tests.TrueForAll(test => test(value));
    }

    private static Func<WorldObject, bool> Term(KubeKind kind, string term)
    {
        var at = term.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
        {
            throw Refusals.BadRequest($"invalid selector: '{term}'; can't understand '{term}'");
        }

        var negated = term[at - 1] == '!';
        var field = term[..(negated ? at - 1 : at)];
        var wanted = term[(at + 1)..].TrimStart('=');
        var read = Reader(kind, field) ?? throw Refusals.BadRequest($"Unable to find \"{kind.ApiVersion}, Resource={kind.Plural}\" that match label selector \"\", field selector \"{term}\": field label not supported: {field}");
        return value => (read(value) == wanted) != negated;
    }

    private static Func<WorldObject, string>? Reader(KubeKind kind, string field) => (kind.Plural, field) switch
    {
        (_, "metadata.name") => value => value.Meta.Name,
        (_, "metadata.namespace") => value => value.Meta.Namespace,
        ("pods", "spec.nodeName") => value => ((Pod)value).NodeName ?? "",
        ("pods", "status.phase") => value => ((Pod)value).Phase.ToString(),
        ("pods", "spec.schedulerName") => _ => "default-scheduler",
        ("pods", "spec.restartPolicy") => value => ((Pod)value).Template.RunSeconds is null ? "Always" : "Never",
        ("nodes", "spec.unschedulable") => value => ((Node)value).Unschedulable ? "true" : "false",
        ("events", "involvedObject.kind") => value => ((ClusterEvent)value).InvolvedKind,
        ("events", "involvedObject.name") => value => ((ClusterEvent)value).Involved.Name,
        ("events", "involvedObject.namespace") => value => ((ClusterEvent)value).Involved.Namespace,
        ("events", "involvedObject.uid") => value => ((ClusterEvent)value).InvolvedUid,
        ("events", "reason") => value => ((ClusterEvent)value).Reason,
        ("events", "type") => value => ((ClusterEvent)value).Type,
        ("events", "source" or "reportingComponent") => value => ((ClusterEvent)value).Component,
        _ => null,
    };
}
