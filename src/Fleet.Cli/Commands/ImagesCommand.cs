using System.CommandLine;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet images</c>: the noun; its verbs are files of their own.</summary>
internal static class ImagesCommand
{
    public static Command Create(Scope scope) => new("images", "Build images by their recipes, show what was built, and retire what nothing needs.")
    {
        ImagesBuildCommand.Create(scope),
        ImagesPromoteCommand.Create(scope),
        ImagesListCommand.Create(scope),
        ImagesTreeCommand.Create(scope),
        ImagesGcCommand.Create(scope),
    };
}
