using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>A node that was admitted to its drain.</summary>
/// <param name="Node">Its name.</param>
/// <param name="HoldsAlone">Keys of budgets and uids of owners that it holds alone, out of the verdict that admitted it.</param>
public sealed record AdmittedNode(string Node, ImmutableSortedSet<string> HoldsAlone);
