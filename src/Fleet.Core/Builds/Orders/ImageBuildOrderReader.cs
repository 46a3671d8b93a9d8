using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Core.Inventory.Validation;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds.Orders;

/// <summary>Reads <c>{kind: imageBuild, id, recipe, again, keepInstance, whenUnderWay}</c>, the body of <c>POST /v1/runs</c>.</summary>
public static class ImageBuildOrderReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "imageBuild";

    private static readonly Dictionary<string, bool> Kinds = new() { [Kind] = true };

    /// <summary>Whether a body asks for an image build.</summary>
    public static bool IsMeant(DocumentNode body) => body is DocumentMap map && map["kind"] is DocumentScalar { Text: Kind };

    /// <summary>Reads an order.</summary>
    /// <param name="body">The document.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>The order; null when anything is wrong.</returns>
    public static ImageBuildOrder? Read(DocumentMap body, ICollection<InputError> errors)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(errors);
        var before = errors.Count;
        var fields = new FieldReader(body, "", errors);
        fields.Choice("kind", Kinds, required: true);
        var order = new ImageBuildOrder
        {
            Key = fields.Text("id", Formats.Name),
            Recipe = fields.Text("recipe", Formats.Name, required: true) ?? "",
            Again = fields.Flag("again") ?? false,
            KeepInstance = fields.Flag("keepInstance") ?? false,
            WhenUnderWay = fields.Choice("whenUnderWay", WhenUnderWays.Names) ?? WhenUnderWay.Refuse,
        };
        fields.Close();
        return errors.Count == before ? order : null;
    }
}
