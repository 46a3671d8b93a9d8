using System.Collections.Immutable;

namespace Fleet.Core.Inventory.Recipes;

/// <summary>Where a Packer template comes from: a folder that an admin named on the server, or a commit of a git repository. Templates are never uploaded.</summary>
public sealed record RecipeTemplate
{
    /// <summary>Name under which the server's settings know the folder; null where it is in git.</summary>
    public string? Folder { get; init; }

    /// <summary>URL of the git repository; null where it is a folder.</summary>
    public string? Git { get; init; }

    /// <summary>Commit in full; goes with <see cref="Git"/>.</summary>
    public string? Commit { get; init; }

    /// <summary>Folder in the repository. Default its root.</summary>
    public string Path { get; init; } = ".";

    /// <summary>Variable files of the template, by their paths in its folder, e.g. <c>debian-12.pkrvars.hcl</c>. Default none.</summary>
    public ImmutableArray<string> VariableFiles { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Folder is null ? $"{Git} at {Commit}, {Path}" : $"folder {Folder}";
}
