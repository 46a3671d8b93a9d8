using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Reading;

/// <summary>One page of a list.</summary>
/// <param name="Items">Its objects.</param>
/// <param name="Version">resourceVersion of the whole list.</param>
/// <param name="Continue">Token of the next page; null on the last.</param>
/// <param name="Remaining">Objects after this page.</param>
internal sealed record ListPage(IReadOnlyList<WorldObject> Items, long Version, string? Continue, int Remaining);
