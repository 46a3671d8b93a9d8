using System.CommandLine;
using Fleet.Cli.Images;
using Fleet.Cli.Inventory;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet images promote RECIPE</c>.</summary>
internal static class ImagesPromoteCommand
{
    public static Command Create(Scope scope)
    {
        var recipe = new Argument<string>("RECIPE") { Description = "The recipe" };
        recipe.CompletionSources.Add(scope.Names.Recipes);
        var flags = new PromoteFlags();
        var confirmation = new Confirmation(scope.Context);
        var command = new ExampleCommand(
            "promote",
            "Make a candidate the stable image that pools of the recipe get: it waits until the version has been in use for promotion.after and, where promotion.approval says so, for a person; then every region of the recipe gets a copy, it is "
            + "shared and tagged, and SSM parameters name it. A version that is stable already gets what its recipe asks for since. On this machine's own store the command drives the run in the foreground: Ctrl-C cancels it, a second one leaves it.",
            "fleet images promote worker",
            "fleet images promote worker --dry-run -o json",
            "fleet images promote worker --version 3f9a1c2b4d5e --yes",
            "fleet images promote worker --skip-soak --when-under-way supersede --yes --wait --server https://fleet.example.com")
        {
            recipe,
        };
        flags.AddTo(command);
        confirmation.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var declared = (await Catalogue.LoadAsync(backend, cancellationToken).ConfigureAwait(false)).Recipe(parsed.GetValue(recipe)!);
            var version = flags.Version(parsed) ?? (await backend.ImagesAsync(declared.Name, cancellationToken).ConfigureAwait(false)).Where(image => (string?)image["state"] == "candidate").Select(image => (string)image["version"]!).LastOrDefault("");
            return await backend.PromoteAsync(new PromoteCall(scope, parsed, flags, confirmation, declared, version), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
