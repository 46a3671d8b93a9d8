using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Core.Inventory.Validation;
using Fleet.Core.Runs;

namespace Fleet.Core.Promotions.Orders;

/// <summary>Reads <c>{kind: imagePromotion, id, recipe, version, skipSoak, whenUnderWay}</c>, the body of <c>POST /v1/runs</c>.</summary>
public static class ImagePromotionOrderReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "imagePromotion";

    private static readonly Dictionary<string, bool> Kinds = new() { [Kind] = true };

    /// <summary>Whether a body asks for a promotion.</summary>
    public static bool IsMeant(DocumentNode body) => body is DocumentMap map && map["kind"] is DocumentScalar { Text: Kind };

    /// <summary>Reads an order.</summary>
    /// <param name="body">The document.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>The order; null when anything is wrong.</returns>
    public static ImagePromotionOrder? Read(DocumentMap body, ICollection<InputError> errors)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(errors);
        var before = errors.Count;
        var fields = new FieldReader(body, "", errors);
        fields.Choice("kind", Kinds, required: true);
        var order = new ImagePromotionOrder
        {
            Key = fields.Text("id", Formats.Name),
            Recipe = fields.Text("recipe", Formats.Name, required: true) ?? "",
            Version = fields.Text("version", ImageNames.VersionFormat),
            SkipSoak = fields.Flag("skipSoak") ?? false,
            WhenUnderWay = fields.Choice("whenUnderWay", WhenUnderWays.Names) ?? WhenUnderWay.Refuse,
        };
        fields.Close();
        return errors.Count == before ? order : null;
    }
}
