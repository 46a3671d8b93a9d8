using System.Diagnostics;

namespace Fleet.Core.Telemetry;

/// <summary>What Fleet does, as spans of the activity source <c>Fleet</c>: a round of a run, and in it each verb on AWS or Kubernetes. Without a listener nothing is made.</summary>
public static class FleetActivities
{
    /// <summary>The source's name.</summary>
    public const string Name = "Fleet";

    /// <summary>The attribute that names the run for which something is done; on every span of a run.</summary>
    public const string Run = "fleet.run";

    private const string Called = "fleet.called";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins a round of a run. Each round is a trace of its own, found by the run's id: a run may last for days.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="pool">Its pool; null for none.</param>
    /// <param name="origin">W3C trace context of the request that ordered the run, to which the round is linked; null for none.</param>
    public static Activity? StartRound(string run, string kind, string cluster, string? pool, string? origin)
    {
        IEnumerable<ActivityLink> links = ActivityContext.TryParse(origin, null, isRemote: true, out var context) ? [new ActivityLink(context)] : [];

        // Not a child of whatever began to drive: the parent is none.
        Activity.Current = null;
        return Source.StartActivity(
            ActivityKind.Internal, tags: [new(Run, run), new("fleet.cluster", cluster), new("fleet.pool", pool)], links: links, name: $"{kind} round");
    }

    /// <summary>Ends a round; one in which nothing was asked, changed or done is not told.</summary>
    public static void EndRound(Activity? round, bool changed)
    {
        if (round is null)
        {
            return;
        }

        if (!changed && round.GetCustomProperty(Called) is null)
        {
            round.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        round.Dispose();
    }

    /// <summary>Begins a verb; it carries the id of the run whose round it is part of, if it is.</summary>
    /// <param name="system"><c>aws</c> or <c>kubernetes</c>.</param>
    /// <param name="verb">The verb, e.g. <c>autoscaling:SetDesiredCapacity</c> or <c>create pods/eviction</c>.</param>
    public static Activity? StartCall(string system, string verb)
    {
        var around = Activity.Current;
        if (Source.StartActivity(verb, ActivityKind.Client) is not { } call)
        {
            return null;
        }

        call.SetTag("rpc.system", system).SetTag("rpc.method", verb);
        for (var one = around; one is not null; one = one.Parent)
        {
            if (one.Source == Source && one.GetTagItem(Run) is { } run)
            {
                call.SetTag(Run, run);
                // Calls are made side by side, and tags are not safe for that.
                one.SetCustomProperty(Called, Called);
                break;
            }
        }

        return call;
    }

    /// <summary>Says of a verb that it failed.</summary>
    /// <param name="call">The verb's span.</param>
    /// <param name="code">A stable code, e.g. the error code or status; never a message, which may quote what is secret.</param>
    public static void Fail(this Activity? call, string code) => call?.SetTag("error.type", code).SetStatus(ActivityStatusCode.Error, code);
}
