using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;

namespace Fleet.Hosting.Documents;

/// <summary>What a reader found in a text.</summary>
/// <param name="Documents">The documents before the first error of syntax.</param>
/// <param name="Errors">Errors of syntax: where there is one, what follows it cannot be read.</param>
public sealed record ReadDocuments(ImmutableArray<DocumentNode> Documents, ImmutableArray<InputError> Errors);
