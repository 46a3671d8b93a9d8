using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Core.Inventory.Validation;
using Fleet.Core.Runs;

namespace Fleet.Core.Retirement.Orders;

/// <summary>Reads <c>{kind: imageSweep, id, parameters, whenUnderWay}</c>, the body of <c>POST /v1/runs</c>.</summary>
public static class ImageSweepOrderReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "imageSweep";

    private static readonly Dictionary<string, bool> Kinds = new() { [Kind] = true };

    /// <summary>Whether a body asks for a sweep.</summary>
    public static bool IsMeant(DocumentNode body) => body is DocumentMap map && map["kind"] is DocumentScalar { Text: Kind };

    /// <summary>Reads an order.</summary>
    /// <param name="body">The document.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>The order; null when anything is wrong.</returns>
    public static ImageSweepOrder? Read(DocumentMap body, ICollection<InputError> errors)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(errors);
        var before = errors.Count;
        var fields = new FieldReader(body, "", errors);
        fields.Choice("kind", Kinds, required: true);
        var order = new ImageSweepOrder
        {
            Key = fields.Text("id", Formats.Name),
            Parameters = fields.Texts("parameters", Formats.ParameterPath),
            WhenUnderWay = fields.Choice("whenUnderWay", WhenUnderWays.Names) ?? WhenUnderWay.Refuse,
        };
        fields.Close();
        return errors.Count == before ? order : null;
    }
}
