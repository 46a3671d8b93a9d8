using Fleet.Core.Inventory.Documents;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads a recipe's variables: texts, numbers, truth values, and maps and lists of them, as Packer's object and list types take them.</summary>
internal static class RecipeVariables
{
    /// <summary>The variables as JSON, the names within sorted, so that the same values are always the same text.</summary>
    public static SortedDictionary<string, string> Read(FieldReader? variables)
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in variables?.Names(RecipeFormats.Variable).ToList() ?? [])
        {
            if (variables!.Find(name, required: true) is { } node)
            {
                Check(variables, name, node);
                read[name] = DocumentJson.Write(Sorted(node));
            }
        }

        return read;
    }

    private static void Check(FieldReader variables, string name, DocumentNode node)
    {
        switch (node)
        {
            case DocumentMap map:
                foreach (var entry in map.Entries)
                {
                    Check(variables, name, entry.Value);
                }

                break;
            case DocumentList list:
                foreach (var item in list.Items)
                {
                    Check(variables, name, item);
                }

                break;
            case DocumentScalar { Kind: ScalarKind.Text } text when !RecipeFormats.VariableValue.Accepts(text.Text):
                variables.Fail(name, "invalid-value", text.Text, RecipeFormats.VariableValue.Allowed, $"{variables.Path(name)} is '{text.Text}'; allowed: {RecipeFormats.VariableValue.Allowed}");
                break;
        }
    }

    private static DocumentNode Sorted(DocumentNode node) => node switch
    {
        DocumentMap map => map with { Entries = [.. map.Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => entry with { Value = Sorted(entry.Value) })] },
        DocumentList list => list with { Items = [.. list.Items.Select(Sorted)] },
        _ => node,
    };
}
