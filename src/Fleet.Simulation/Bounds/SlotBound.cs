namespace Fleet.Simulation.Bounds;

/// <summary>The least times of one outdated node's way out, from its label and cordon to its being gone.</summary>
/// <param name="Node">The node.</param>
/// <param name="Drain">From the first eviction to the last pod's end: the longest stop, and one replacement's time more for each further turn that a budget demands.</param>
/// <param name="LoadBalancerWait">Least time from the exclusion label to termination.</param>
/// <param name="Settle">What is left of the time to ready replacements and detached volumes when drain and load-balancer wait are over.</param>
/// <param name="Release">From the termination to the removal of the Node object.</param>
public sealed record SlotBound(string Node, TimeSpan Drain, TimeSpan LoadBalancerWait, TimeSpan Settle, TimeSpan Release)
{
    /// <summary>All of it.</summary>
    public TimeSpan Total => (Drain > LoadBalancerWait ? Drain : LoadBalancerWait) + Settle + Release;
}
