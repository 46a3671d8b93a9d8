using Fleet.Core.Inventory.Documents;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Inventory.Validation;

namespace Fleet.Core.Inventory;

/// <summary>Reads documents into specs and finds everything that is wrong with them, alone, together and against what is stored.</summary>
public static class InventoryReader
{
    /// <summary>Reads documents.</summary>
    /// <param name="documents">The documents of all files given at once.</param>
    /// <param name="stored">What is declared already; null for documents that a server has accepted, of which the reader need not see all that they name.</param>
    public static Declarations Read(IReadOnlyList<DocumentNode> documents, InventorySnapshot? stored)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var errors = new List<InputError>();
        var declared = documents.SelectMany(Items).Select(document => DocumentReader.Read(document, errors)).OfType<DeclaredResource>().ToList();
        if (stored is not null)
        {
            CrossChecks.Run(declared, stored);
        }

        var order = documents.Select((document, index) => (document.Position.Source, index)).DistinctBy(pair => pair.Source).ToDictionary(pair => pair.Source, pair => pair.index);
        return new Declarations(
            [.. declared.Select(resource => resource.Cluster).OfType<ClusterSpec>()],
            [.. declared.Select(resource => resource.Pool).OfType<NodePoolSpec>()],
            [.. declared.Select(resource => resource.Schedule).OfType<ScheduleSpec>()],
            [.. errors.OrderBy(error => order.GetValueOrDefault(error.Source ?? "")).ThenBy(error => error.Line).ThenBy(error => error.Column)])
        {
            Recipes = [.. declared.Select(resource => resource.Recipe).OfType<RecipeSpec>()],
        };
    }

    /// <summary>The documents of a <c>List</c>, as <c>fleet get -o json</c> prints several; any other document alone.</summary>
    private static IEnumerable<DocumentNode> Items(DocumentNode document) =>
        document is DocumentMap map && map["kind"] is DocumentScalar { Text: "List" } && map["items"] is DocumentList list ? list.Items : [document];
}
