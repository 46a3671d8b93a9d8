using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Output;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet images list [RECIPE]</c>.</summary>
internal static class ImagesListCommand
{
    public static Command Create(Scope scope)
    {
        var recipe = new Argument<string?>("RECIPE") { Description = "Only this recipe's; its images are known also when it is declared no more", Arity = ArgumentArity.ZeroOrOne };
        recipe.CompletionSources.Add(scope.Names.Recipes);
        var command = new ExampleCommand("list", "List the versions that Fleet has built, or is building, the oldest first.", "fleet images list", "fleet images list worker -o json") { recipe };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var images = await backend.ImagesAsync(parsed.GetValue(recipe), cancellationToken).ConfigureAwait(false);
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.Write(scope.Context.Output, format, new JsonObject { ["items"] = new JsonArray([.. images]) });
                return ExitCode.Done;
            }

            var table = format == OutputFormat.Wide ? new TextTable("RECIPE", "VERSION", "STATE", "KUBERNETES", "IMAGES", "PARENT", "CREATED", "RUN", "BASE", "NAME") : new TextTable("RECIPE", "VERSION", "STATE", "KUBERNETES", "IMAGES", "PARENT", "CREATED");
            foreach (var image in images)
            {
                string[] cells = [Text(image, "recipe"), Text(image, "version"), Text(image, "state"), Text(image, "kubernetesVersion"), Copies(image), Text(image, "parent"), Text(image, "created")];
                table.Add(format == OutputFormat.Wide ? [.. cells, Text(image, "run"), Text(image, "base"), Text(image, "name")] : cells);
            }

            table.WriteTo(scope.Context.Output);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Its images, by region.</summary>
    internal static string Copies(JsonObject image) => string.Join(", ", image["copies"]!.AsArray().Select(copy => $"{copy!["imageId"]} ({copy["region"]})"));

    private static string Text(JsonObject image, string name) => (string?)image[name] ?? "";
}
