using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster;

/// <summary>One change of the store.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Resource">Plural of the kind, with its group when it has one: <c>nodes</c>, <c>deployments.apps</c>, <c>poddisruptionbudgets.policy</c>.</param>
/// <param name="Object">The object after the change (before it, when deleted).</param>
/// <param name="Before">The object before; null when added.</param>
/// <param name="ResourceVersion">Version of the store after the change.</param>
public sealed record Change(ChangeKind Kind, string Resource, WorldObject Object, WorldObject? Before, long ResourceVersion);
