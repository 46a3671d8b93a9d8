using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Promotions;

namespace Fleet.Cli.Images;

/// <summary>One call of <c>fleet images promote</c>.</summary>
/// <param name="Scope">Surroundings.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Flags">Its options.</param>
/// <param name="Confirmation">Its question.</param>
/// <param name="Recipe">The recipe.</param>
/// <param name="Version">Which version; empty where the recipe has no candidate and none is named.</param>
internal sealed record PromoteCall(Scope Scope, ParseResult Parsed, PromoteFlags Flags, Confirmation Confirmation, RecipeSpec Recipe, string Version) : ImageCall(Scope, Parsed, Confirmation, Recipe)
{
    /// <inheritdoc/>
    public override string Doing => "promotes";

    /// <inheritdoc/>
    public override string Pool => Spec.Key;

    /// <inheritdoc/>
    public override string? Key => Flags.Key(Parsed);

    /// <inheritdoc/>
    public override bool ComesNext => Flags.WhenUnderWay(Parsed) is "queue" or "supersede";

    /// <inheritdoc/>
    public override bool Waits => Flags.Waits(Parsed);

    /// <summary>What is asked for.</summary>
    public PromotionSpec Spec => new() { Recipe = Recipe, Version = Version, SkipSoak = Flags.SkipsSoak(Parsed) };

    /// <inheritdoc/>
    public override JsonObject Order()
    {
        var order = new JsonObject { ["kind"] = "imagePromotion", ["recipe"] = Recipe.Name };
        if (Version.Length > 0)
        {
            order["version"] = Version;
        }

        if (Flags.SkipsSoak(Parsed))
        {
            order["skipSoak"] = true;
        }

        if (Flags.WhenUnderWay(Parsed) is { } when)
        {
            order["whenUnderWay"] = when;
        }

        return order;
    }

    /// <inheritdoc/>
    public override bool Show(JsonObject plan)
    {
        PromotionPlanText.Write(this, plan);
        return true;
    }
}
