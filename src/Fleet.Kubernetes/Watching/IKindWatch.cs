using Fleet.Core.Disruption;

namespace Fleet.Kubernetes.Watching;

/// <summary>The list and watch of one kind, whatever its type.</summary>
internal interface IKindWatch
{
    /// <summary>Whether it has been listed once.</summary>
    bool Listed { get; }

    /// <summary>Why it cannot be read at present; null when it can.</summary>
    ClusterUnreachableException? Failure { get; }

    /// <summary>Lists and watches until cancelled.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
