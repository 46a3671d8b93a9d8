using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Service.Http;

namespace Fleet.Service.Resources;

/// <summary>The body of <c>POST /v1/apply</c>: documents to be declared together, and how the caller has seen what they replace.</summary>
/// <param name="Items">The documents.</param>
/// <param name="Expected">By name, as in <see cref="ApplyItem.Name"/>: the entity tag that was seen; null where nothing was there. What is not named may have changed.</param>
internal sealed record ApplyOrder(ImmutableArray<ApplyItem> Items, ImmutableSortedDictionary<string, string?> Expected)
{
    /// <summary>Each document is written down in the audit log.</summary>
    private const int MostItems = 500;

    /// <exception cref="ApiException">400: everything that is wrong with its form.</exception>
    public static ApplyOrder Read(DocumentNode body)
    {
        var errors = new List<InputError>();
        var map = body as DocumentMap ?? throw ApiException.Invalid([InputError.At(body.Position, "wrong-type", "body", null, "a map", $"the body is {body.Shape}; allowed: a map with items")]);
        foreach (var entry in map.Entries.Where(entry => entry.Name is not ("items" or "expected")))
        {
            errors.Add(InputError.At(entry.Position, "unknown-field", entry.Name, null, "items, expected", $"{entry.Name} is no field; allowed: items, expected"));
        }

        ImmutableArray<ApplyItem> items = map["items"] is DocumentList list ? [.. list.Items.Select(ApplyItem.Of)] : [];
        if (items.Length is 0 or > MostItems)
        {
            var position = map["items"]?.Position ?? map.Position;
            errors.Add(InputError.At(position, "invalid-value", "items", $"{items.Length}", $"1 to {MostItems} documents", $"items: {items.Length} documents; allowed: a list of 1 to {MostItems}"));
        }

        foreach (var nested in items.Where(item => item.Kind == "List"))
        {
            errors.Add(InputError.At(nested.Document.Position, "invalid-value", "kind", "List", "Cluster, NodePool, Schedule, Recipe", "a List among the items: give its documents themselves"));
        }

        var expected = Seen(map["expected"], [.. items.Select(item => item.Name)], errors);
        return errors.Count == 0 ? new(items, expected) : throw ApiException.Invalid(errors);
    }

    private static ImmutableSortedDictionary<string, string?> Seen(DocumentNode? node, HashSet<string> names, List<InputError> errors)
    {
        var seen = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        if (node is not (null or DocumentMap))
        {
            errors.Add(InputError.At(node.Position, "wrong-type", "expected", null, "a map", $"expected is {node.Shape}; allowed: a map of names to entity tags"));
        }

        foreach (var entry in (node as DocumentMap)?.Entries ?? [])
        {
            if (!names.Contains(entry.Name))
            {
                errors.Add(InputError.At(entry.Position, "unknown-field", $"expected.{entry.Name}", null, string.Join(", ", names.Order(StringComparer.Ordinal)), $"expected: no item is '{entry.Name}'{NearestNames.Hint(entry.Name, names)}"));
            }
            else if (entry.Value is not DocumentScalar { Kind: ScalarKind.Text or ScalarKind.Null } tag || !seen.TryAdd(entry.Name, tag.Kind == ScalarKind.Null ? null : tag.Text))
            {
                errors.Add(InputError.At(entry.Value.Position, "invalid-value", $"expected.{entry.Name}", null, "an entity tag or null, once", $"expected.{entry.Name}: allowed is an entity tag as an answer gave it, or null for what is not there yet, once"));
            }
        }

        return seen.ToImmutable();
    }
}
