using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>How far a node's drain is.</summary>
public sealed record DrainProgress
{
    /// <summary>How long after its grace a pod's end is overdue.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromMinutes(1);

    /// <summary>Pods still to be evicted, waited for or blocked.</summary>
    public required int Remaining { get; init; }

    /// <summary>Pods that are ending.</summary>
    public required int Terminating { get; init; }

    /// <summary>Whether only pods inside their own grace are left: then the drain's limit does not run.</summary>
    public required bool OnlyGrace { get; init; }

    /// <summary>What is waited for among the pods that are ending, and the pods that block.</summary>
    public required ImmutableArray<Reason> Waiting { get; init; }

    /// <summary>Whether nothing is left but what goes with the node.</summary>
    public bool Drained => Remaining == 0 && Terminating == 0;

    /// <summary>Looks at a node.</summary>
    public static DrainProgress Of(DrainRound round, string node, DateTimeOffset now)
    {
        var pods = round.Of(node).Pods;
        var ending = pods.Where(pod => pod.Verdict.Disposition == DrainDisposition.Terminating || (pod.Verdict.Disposition == DrainDisposition.Evict && pod.Granted)).ToList();
        var remaining = pods.Count(pod => pod.Verdict.Disposition is DrainDisposition.WaitForCompletion or DrainDisposition.Blocked || pod.Pending);
        return new()
        {
            Remaining = remaining,
            Terminating = ending.Count,
            OnlyGrace = remaining == 0 && ending.Count > 0 && ending.TrueForAll(pod => pod.Pod.DeletionDue is not { } due || now <= due),
            Waiting =
            [
                .. ending.Select(pod => Ending(pod.Pod, now)),
                .. pods.Where(pod => pod.Verdict.Disposition is DrainDisposition.Blocked or DrainDisposition.WaitForCompletion).Select(pod => pod.Verdict.Reason!),
            ],
        };
    }

    private static Reason Ending(Pod pod, DateTimeOffset now)
    {
        if (pod.DeletionDue is not { } due || now <= due + Overdue)
        {
            return Of(pod, DisruptionCodes.Terminating, "is ending", $"until {pod.DeletionDue:HH:mm:ss}", "wait");
        }

        return pod.ContainersEnded && !pod.Finalizers.IsEmpty
            ? Of(pod, DisruptionCodes.Finalizer, $"has ended and is held by the finalizer {pod.Finalizers[0]}", $"finalizers {string.Join(", ", pod.Finalizers)}", "look at the controller that set the finalizer; it has to remove it")
            : Of(pod, DisruptionCodes.TerminationOverdue, $"should have ended at {due:HH:mm:ss}", $"{(now - due).TotalSeconds:0} s overdue", $"look at the kubelet and container runtime of node {pod.Node}");
    }

    private static Reason Of(Pod pod, string code, string what, string value, string cure) => new()
    {
        Code = code,
        Sentence = $"pod {pod.Key} {what}",
        Object = $"pod {pod.Key}",
        Limit = $"grace {pod.GraceSeconds} s",
        Value = value,
        Cure = cure,
        Node = pod.Node,
    };
}
