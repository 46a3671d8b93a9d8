using System.Text.Json;
using Fleet.Core.Runs;

namespace Fleet.Core.Gates;

/// <summary>Where a cluster asks for two people (<c>spec.approvals.twoPeople</c>), who started a run is not who approves it.</summary>
public static class TwoPeople
{
    /// <summary>The code of a refusal.</summary>
    public const string Code = "two-people";

    /// <summary>Why somebody may not approve a run; null where nothing speaks against it. What counts is the cluster as the run was ordered with: what is declared later does not open a gate that was closed.</summary>
    /// <param name="run">The run, in whose spec its cluster stands.</param>
    /// <param name="approver">Who wants to approve, as <see cref="Run.StartedBy"/> would name them.</param>
    public static string? Refusal(Run run, string approver)
    {
        ArgumentNullException.ThrowIfNull(run);
        return !IsAsked(run.Spec) || (run.StartedBy is { } starter && starter != approver) ? null
            : $"cluster {run.Cluster} asks for two people (spec.approvals.twoPeople), and {(run.StartedBy is null ? $"nobody knows who started run {run.Id}" : $"run {run.Id} was started by {run.StartedBy}")}; "
                + "somebody else with the role approver must approve it, signed in under a key or token of their own";
    }

    private static bool IsAsked(string spec)
    {
        using var document = JsonDocument.Parse(spec);
        return document.RootElement.TryGetProperty("cluster", out var cluster) && cluster.TryGetProperty("twoPeople", out var asked) && asked.ValueKind == JsonValueKind.True;
    }
}
