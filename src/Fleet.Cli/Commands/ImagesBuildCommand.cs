using System.CommandLine;
using Fleet.Cli.Images;
using Fleet.Cli.Inventory;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet images build RECIPE</c>.</summary>
internal static class ImagesBuildCommand
{
    public static Command Create(Scope scope)
    {
        var recipe = new Argument<string>("RECIPE") { Description = "The recipe" };
        recipe.CompletionSources.Add(scope.Names.Recipes);
        var flags = new BuildFlags();
        var confirmation = new Confirmation(scope.Context);
        var command = new ExampleCommand(
            "build",
            "Build a new version of an image by its recipe. Shows the plan and asks; the same source is not built twice. Where the recipe says where (spec.proof), the image is proved on one instance before it becomes available. On this machine's own store it drives the build in the foreground with packer: Ctrl-C cancels it and removes "
            + "what it has made, a second one leaves it. On a server it orders the run there and ends, or waits with --wait.",
            "fleet images build worker",
            "fleet images build worker --dry-run -o json",
            "fleet images build worker --templates infra/packer --yes",
            "fleet images build worker --again --yes --wait --server https://fleet.example.com --key build-4711")
        {
            recipe,
        };
        flags.AddTo(command);
        confirmation.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var catalogue = await Catalogue.LoadAsync(backend, cancellationToken).ConfigureAwait(false);
            var declared = catalogue.Recipe(parsed.GetValue(recipe)!);
            return await backend.BuildAsync(new BuildCall(scope, parsed, flags, confirmation, declared, RecipeLineage.Of(declared, catalogue.Declared.Recipes)), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
