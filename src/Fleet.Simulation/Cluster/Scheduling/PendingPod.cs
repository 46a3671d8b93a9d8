using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Scheduling;

/// <summary>A pod that waits for a node.</summary>
internal sealed class PendingPod(ObjectKey key, long order)
{
    internal ObjectKey Key => key;

    /// <summary>Its place in the queue among equals.</summary>
    internal long Order => order;

    /// <summary>Failed attempts in a row.</summary>
    internal int Attempts { get; set; }

    /// <summary>Not tried again before this instant.</summary>
    internal DateTimeOffset NotBefore { get; set; }

    /// <summary>What the cluster was like when it failed (<see cref="Scheduler"/>'s count of relevant changes).</summary>
    internal long FailedAt { get; set; } = -1;
}
