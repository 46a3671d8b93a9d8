using Fleet.Core.Images.Proof;

namespace Fleet.Core.Builds.Actions;

/// <summary>Makes the proof's next step; its state is recorded before and after.</summary>
/// <param name="Order">What is proved.</param>
/// <param name="Check">The check at hand.</param>
public sealed record ProveStep(ProofOrder Order, string Check) : BuildAction
{
    /// <inheritdoc/>
    public override string Subject => Order.Instance;

    /// <inheritdoc/>
    public override string Text => $"prove {Order.Instance}: {Check}";

    /// <summary>What it came to is told, check by check.</summary>
    public override bool Told => false;
}
