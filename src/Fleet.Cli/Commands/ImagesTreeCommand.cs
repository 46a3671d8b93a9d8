using System.CommandLine;
using Fleet.Cli.Images;
using Fleet.Cli.Output;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet images tree</c>: which recipe starts from which, which version from which, and what uses each.</summary>
internal static class ImagesTreeCommand
{
    public static Command Create(Scope scope)
    {
        var lineage = new Option<bool>("--lineage-only") { Description = "Only Fleet's own records; no account is looked at for what uses an image" };
        var command = new ExampleCommand(
            "tree",
            "Show recipes under the recipe that they start from, of each the versions with the version that each was made from, and what uses each: template versions, instances, groups, warm pools, parameters, node pools and recipes, in every region and account that it is in or shared with.",
            "fleet images tree",
            "fleet images tree --lineage-only -o json") { lineage };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var recipes = await backend.RecipesAsync(cancellationToken).ConfigureAwait(false);
            var images = await backend.ImagesAsync(null, cancellationToken).ConfigureAwait(false);
            var verdicts = parsed.GetValue(lineage) ? null : await backend.VerdictsAsync([], cancellationToken).ConfigureAwait(false);
            var tree = new ImageTree(recipes, images, verdicts);
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.Write(scope.Context.Output, format, tree.Document());
            }
            else
            {
                tree.Write(scope.Context.Output);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
