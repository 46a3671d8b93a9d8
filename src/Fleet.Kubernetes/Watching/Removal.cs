using Fleet.Core.Disruption;

namespace Fleet.Kubernetes.Watching;

/// <summary>A pod's removal that is about to be asked for.</summary>
/// <param name="PodUid">The pod.</param>
/// <param name="Charged">The budget that the server will charge, as seen before; null when none is or when it cannot be told.</param>
internal sealed record Removal(string PodUid, Budget? Charged);
