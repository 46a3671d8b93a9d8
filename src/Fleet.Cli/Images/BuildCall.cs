using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Cli.Images;

/// <summary>One call of <c>fleet images build</c>.</summary>
/// <param name="Scope">Surroundings.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Flags">Its options.</param>
/// <param name="Confirmation">Its question.</param>
/// <param name="Recipe">The recipe.</param>
/// <param name="Ancestors">Those that it is derived from.</param>
internal sealed record BuildCall(Scope Scope, ParseResult Parsed, BuildFlags Flags, Confirmation Confirmation, RecipeSpec Recipe, ImmutableArray<RecipeSpec> Ancestors) : ImageCall(Scope, Parsed, Confirmation, Recipe)
{
    /// <inheritdoc/>
    public override string Doing => "builds";

    /// <inheritdoc/>
    public override string Pool => Recipe.Name;

    /// <inheritdoc/>
    public override string? Key => Flags.Key(Parsed);

    /// <inheritdoc/>
    public override bool ComesNext => Flags.ComesNext(Parsed);

    /// <inheritdoc/>
    public override bool Waits => Flags.Waits(Parsed);

    /// <inheritdoc/>
    public override JsonObject Order() => Flags.Order(Parsed, Recipe);

    /// <inheritdoc/>
    public override bool Show(JsonObject plan) => BuildPlanText.Write(this, plan);
}
