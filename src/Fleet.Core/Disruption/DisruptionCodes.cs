namespace Fleet.Core.Disruption;

/// <summary>Stable codes of the reasons that this capability gives.</summary>
public static class DisruptionCodes
{
    /// <summary>A pod without a controller: nothing would make it again.</summary>
    public const string BarePod = "bare-pod";

    /// <summary>A pod whose controller no longer exists: nothing would make it again.</summary>
    public const string OwnerGone = "owner-gone";

    /// <summary>A pod's emptyDir data would be lost and the policy forbids it.</summary>
    public const string LocalData = "local-data";

    /// <summary>A pod carries an annotation that forbids to move it.</summary>
    public const string DoNotDisrupt = "do-not-disrupt";

    /// <summary>A pod is left until it ends by itself.</summary>
    public const string WaitForCompletion = "wait-for-completion";

    /// <summary>A pod is being deleted and inside its own grace.</summary>
    public const string Terminating = "terminating";

    /// <summary>A finalizer holds a pod whose containers have ended.</summary>
    public const string Finalizer = "finalizer";

    /// <summary>A pod's deletion is overdue although its containers have not ended.</summary>
    public const string TerminationOverdue = "termination-overdue";

    /// <summary>More than one budget selects a pod: the server refuses its eviction for ever.</summary>
    public const string TwoBudgets = "two-budgets";

    /// <summary>A budget can never allow a disruption.</summary>
    public const string BudgetNever = "budget-never";

    /// <summary>A budget's status is older than its spec.</summary>
    public const string BudgetStale = "budget-stale";

    /// <summary>A budget allows fewer disruptions at present than are wanted.</summary>
    public const string BudgetExhausted = "budget-exhausted";

    /// <summary>A budget is held by a node that evicts in turn, or a node waits to hold it.</summary>
    public const string BudgetHeld = "budget-held";

    /// <summary>The last eviction under a budget is not yet seen.</summary>
    public const string BudgetInFlight = "budget-in-flight";

    /// <summary>The server refused lately; the next try has its time.</summary>
    public const string Backoff = "eviction-backoff";

    /// <summary>An owner without a budget has as many pods disrupted as Fleet allows itself.</summary>
    public const string OwnerLimit = "owner-limit";

    /// <summary>A pod fits on no node that stays.</summary>
    public const string NoRoom = "no-room";

    /// <summary>An owner's pods are not yet ready again.</summary>
    public const string Settling = "settling";

    /// <summary>A drained pod's volume is still attached to its old node.</summary>
    public const string VolumeAttached = "volume-attached";

    /// <summary>A node is not Ready.</summary>
    public const string NodeNotReady = "node-not-ready";

    /// <summary>A new node is cordoned.</summary>
    public const string NodeCordoned = "node-cordoned";

    /// <summary>A node still has a startup taint.</summary>
    public const string StartupTaint = "startup-taint";

    /// <summary>A node's kubelet has not yet said what pods may use.</summary>
    public const string NotRegistered = "allocatable-missing";

    /// <summary>A CSI driver is not yet registered on a node.</summary>
    public const string CsiDriverMissing = "csi-driver-missing";

    /// <summary>A DaemonSet's pod is due on a node and not ready.</summary>
    public const string DaemonPodNotReady = "daemon-pod-not-ready";

    /// <summary>A node is Ready, but not for long enough.</summary>
    public const string MinReady = "min-ready";
}
