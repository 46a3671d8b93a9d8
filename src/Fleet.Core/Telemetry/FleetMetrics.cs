using System.Diagnostics.Metrics;

namespace Fleet.Core.Telemetry;

/// <summary>
/// What Fleet counts of its work, as instruments of the meter <c>Fleet</c>. Labels are declared names (cluster, pool, schedule), verbs and outcomes: never nodes, pods or instances, of which there is no end.
/// Nothing is kept here; who listens adds up.
/// </summary>
public static class FleetMetrics
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Fleet";

    private static readonly Meter Meter = new(Name);

    private static readonly InstrumentAdvice<double> Minutes = new() { HistogramBucketBoundaries = [1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200] };

    private static readonly InstrumentAdvice<double> Moments = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    /// <summary>Outdated nodes that have been replaced. Labels: cluster, pool.</summary>
    public static Counter<long> NodesReplaced { get; } = Meter.CreateCounter<long>("fleet.nodes.replaced", "{node}", "Outdated nodes that have been replaced.");

    /// <summary>Answers to evictions. Labels: cluster, pool, outcome as <c>EvictionOutcome</c> names it.</summary>
    public static Counter<long> Evictions { get; } = Meter.CreateCounter<long>("fleet.evictions", "{eviction}", "Evictions asked for, by what the API server answered.");

    /// <summary>From a node's first eviction until it was empty. Labels: cluster, pool.</summary>
    public static Histogram<double> DrainDuration { get; } = Meter.CreateHistogram("fleet.drain.duration", "s", "From a node's first eviction until it was empty.", advice: Minutes);

    /// <summary>From a new instance's first sight until its node had proved itself. Labels: cluster, pool.</summary>
    public static Histogram<double> JoinDuration { get; } = Meter.CreateHistogram("fleet.join.duration", "s", "From the first sight of a new instance until its node had proved itself.", advice: Minutes);

    /// <summary>From a node's being empty until the owners of its pods had them back. Labels: cluster, pool.</summary>
    public static Histogram<double> SettleDuration { get; } = Meter.CreateHistogram("fleet.settle.duration", "s", "From a node's being empty until the owners of its pods had them back.", advice: Minutes);

    /// <summary>Runs that have ended. Labels: kind, cluster, phase.</summary>
    public static Counter<long> RunsEnded { get; } = Meter.CreateCounter<long>("fleet.runs.ended", "{run}", "Runs that have ended, by their last phase.");

    /// <summary>How long a round took. Labels: kind.</summary>
    public static Histogram<double> RoundDuration { get; } = Meter.CreateHistogram("fleet.round.duration", "s", "How long a run's round took: observe, decide, record and act.", advice: Moments);

    /// <summary>How long after it was due a run was looked at. Labels: kind.</summary>
    public static Histogram<double> RoundDelay { get; } = Meter.CreateHistogram("fleet.round.delay", "s", "How long after it was due a run was looked at.", advice: Moments);

    /// <summary>Requests to AWS, repetitions included. Labels: service, verb, outcome: ok, throttled, refused, failed.</summary>
    public static Counter<long> AwsCalls { get; } = Meter.CreateCounter<long>("fleet.aws.calls", "{call}", "Requests to AWS, each repetition counted, by outcome: ok, throttled, refused, failed.");

    /// <summary>How long a request to AWS took. Labels: service.</summary>
    public static Histogram<double> AwsCallDuration { get; } = Meter.CreateHistogram("fleet.aws.call.duration", "s", "How long a request to AWS took.", advice: Moments);

    /// <summary>Requests to API servers. Labels: verb as RBAC names it, resource, code: the HTTP status, 0 for no answer.</summary>
    public static Counter<long> KubernetesCalls { get; } = Meter.CreateCounter<long>("fleet.kubernetes.calls", "{call}", "Requests to API servers, by verb, resource and HTTP status (0: no answer).");

    /// <summary>How long a request to an API server took, watches left out. Labels: verb.</summary>
    public static Histogram<double> KubernetesCallDuration { get; } = Meter.CreateHistogram("fleet.kubernetes.call.duration", "s", "How long a request to an API server took, watches left out.", advice: Moments);

    /// <summary>What came of a schedule's times. Labels: schedule, outcome: started, nothing-to-do, skipped, missed, failed.</summary>
    public static Counter<long> ScheduleTimes { get; } = Meter.CreateCounter<long>("fleet.schedule.times", "{time}", "Times of schedules that came due, by what came of them.");

    /// <summary>Tries to tell the audit log's last hash outside. Labels: target: webhook, bucket; outcome: told, failed.</summary>
    public static Counter<long> AuditHeads { get; } = Meter.CreateCounter<long>("fleet.audit.heads", "{head}", "Tries to tell the audit log's last hash outside, by where and by what came of them: told, failed.");

    /// <summary>Notifications by what came of them. Labels: notification, outcome: sent, retried, given-up.</summary>
    public static Counter<long> Notifications { get; } = Meter.CreateCounter<long>("fleet.notifications", "{notification}", "Attempts to send notifications, by what came of them: sent, retried, given-up.");
}
