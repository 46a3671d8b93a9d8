using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Cli.Images;

/// <summary>One call of <c>fleet images build</c> or <c>fleet images promote</c>.</summary>
/// <param name="Scope">Surroundings.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Confirmation">Its question.</param>
/// <param name="Recipe">The recipe.</param>
internal abstract record ImageCall(Scope Scope, ParseResult Parsed, Confirmation Confirmation, RecipeSpec Recipe)
{
    /// <summary>What its run does, as the rest of "run R … worker".</summary>
    public abstract string Doing { get; }

    /// <summary>Whose place in queues its run has.</summary>
    public abstract string Pool { get; }

    /// <summary>The caller's own key; null for none.</summary>
    public abstract string? Key { get; }

    /// <summary>Whether the order may wait for a run that is under way, or take its place.</summary>
    public abstract bool ComesNext { get; }

    /// <summary>Whether the command waits for the end on a server too.</summary>
    public abstract bool Waits { get; }

    /// <summary>The order as <c>POST /v1/runs</c> takes it.</summary>
    /// <exception cref="RefusedException">An option is for work on this machine.</exception>
    public abstract JsonObject Order();

    /// <summary>Shows a plan in the form that is asked for.</summary>
    /// <returns>Whether something would be done.</returns>
    public abstract bool Show(JsonObject plan);
}
