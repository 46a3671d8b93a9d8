using System.Collections.Immutable;

namespace Fleet.Core.Images.Proof;

/// <summary>The life of a proof.</summary>
public static class ProofPhases
{
    /// <summary>Which phase follows which.</summary>
    public static ImmutableDictionary<ProofPhase, ImmutableArray<ProofPhase>> Transitions { get; } = new Dictionary<ProofPhase, ImmutableArray<ProofPhase>>
    {
        [ProofPhase.Waiting] = [ProofPhase.Sending, ProofPhase.Failed, ProofPhase.Cancelled],
        [ProofPhase.Sending] = [ProofPhase.Running, ProofPhase.Cancelled],
        [ProofPhase.Running] = [ProofPhase.Sending, ProofPhase.Passed, ProofPhase.Failed, ProofPhase.Cancelled],
        [ProofPhase.Passed] = [],
        [ProofPhase.Failed] = [],
        [ProofPhase.Cancelled] = [],
    }.ToImmutableDictionary();

    /// <summary>The next phase.</summary>
    /// <exception cref="InvalidOperationException">The table has no such transition.</exception>
    public static ProofPhase To(this ProofPhase from, ProofPhase to) =>
        Transitions[from].Contains(to) ? to : throw new InvalidOperationException($"a proof that is {from} does not become {to}");
}
