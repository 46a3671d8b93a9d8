namespace Fleet.Core.Disruption;

/// <summary>What a drain of a pool asks of a budget.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Pods">Its pods on the nodes to be drained.</param>
/// <param name="Nodes">Nodes that have them.</param>
/// <param name="MostOnOneNode">The most on one node.</param>
public sealed record BudgetLoad(Budget Budget, int Pods, int Nodes, int MostOnOneNode)
{
    /// <summary>The most disruptions that it can ever allow at a time.</summary>
    public int MaxEver => BudgetMath.MaxEver(Budget);

    /// <summary>Whether the nodes cannot all be drained at once for its sake.</summary>
    public bool Binds => Pods > Math.Min(MaxEver, Budget.DisruptionsAllowed);

    /// <summary>Whether a node has to hold it alone and evict in turn.</summary>
    public bool InTurn => MostOnOneNode > MaxEver;

    /// <summary>The least number of rounds, each as long as a pod takes to be made good, that it imposes; null when it can never allow one.</summary>
    public int? LeastRounds => MaxEver == 0 ? null : (Pods + MaxEver - 1) / MaxEver;
}
