using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Retirement;

namespace Fleet.Hosting.Documents;

/// <summary>What a sweep decided of an image's version, and what came of it, as JSON.</summary>
public static class SweepDocument
{
    /// <summary>The document of a decision.</summary>
    public static JsonObject Of(ImageVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return new JsonObject
        {
            ["recipe"] = verdict.Image.Recipe,
            ["version"] = verdict.Image.Version,
            ["state"] = EffectiveDocument.Camel(verdict.Image.State),
            ["step"] = EffectiveDocument.Camel(verdict.Step),
            ["reasons"] = JsonSerializer.SerializeToNode(verdict.Reasons, JsonSerializerOptions.Web),
        };
    }

    /// <summary>The document of what came of it.</summary>
    public static JsonObject Of(SweepOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var document = Of(outcome.Verdict);
        document["done"] = outcome.Done;
        document["failure"] = outcome.Failure is null ? null : JsonSerializer.SerializeToNode(outcome.Failure, JsonSerializerOptions.Web);
        return document;
    }
}
