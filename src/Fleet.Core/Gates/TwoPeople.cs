using System.Text.Json;
using Fleet.Core.Access;
using Fleet.Core.Runs;

namespace Fleet.Core.Gates;

/// <summary>Where a cluster asks for two people (<c>spec.approvals.twoPeople</c>), who started a run is not who approves it.</summary>
public static class TwoPeople
{
    /// <summary>The code of a refusal.</summary>
    public const string Code = "two-people";

    /// <summary>Why somebody may not approve a run; null where nothing speaks against it. What counts is the cluster as the run was ordered with: what is declared later does not open a gate that was closed.</summary>
    /// <param name="run">The run, in whose spec its cluster stands.</param>
    /// <param name="approver">Who wants to approve.</param>
    public static string? Refusal(Run run, Caller approver)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(approver);
        if (!IsAsked(run.Spec))
        {
            return null;
        }

        var asks = $"cluster {run.Cluster} asks for two people (spec.approvals.twoPeople), and ";
        const string Else = "; somebody else with the role approver must approve it, signed in under a key or token of their own";
        return run.StartedBy is not { } starter ? $"{asks}nobody knows who started run {run.Id}; cancel it and order it anew"
            : starter == approver.Name ? $"{asks}run {run.Id} was started by {starter}{Else}"
            : run.Person is not { } first ? $"{asks}run {run.Id} was started by {starter}, and nobody knows {(starter.StartsWith("key ", StringComparison.Ordinal) ? "whose key that is; an admin must say so (fleet keys assign)" : "who that was; cancel it and order it anew")}"
            : approver.Person is not { } second ? $"{asks}nobody knows who {approver.Name} is, and run {run.Id} was started by {starter} of {first}; an admin must say whose key that is (fleet keys assign)"
            : People.MaySame(first, second) ? $"{asks}run {run.Id} was started by {new Caller(starter, [], first).Described}, and {approver.Described} may be the same person{Else}"
            : null;
    }

    private static bool IsAsked(string spec)
    {
        using var document = JsonDocument.Parse(spec);
        return document.RootElement.TryGetProperty("cluster", out var cluster) && cluster.TryGetProperty("twoPeople", out var asked) && asked.ValueKind == JsonValueKind.True;
    }
}
