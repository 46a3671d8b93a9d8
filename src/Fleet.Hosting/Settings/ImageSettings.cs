using System.Collections.Immutable;
using Fleet.Tools.Templates;

namespace Fleet.Hosting.Settings;

/// <summary>What the admin of a server settles about image builds.</summary>
public sealed record ImageSettings
{
    /// <summary>Template folders by the names under which recipes may ask for them. Default none.</summary>
    public IReadOnlyDictionary<string, TemplateSettings> Templates { get; init; } = new Dictionary<string, TemplateSettings>();

    /// <summary>URLs of git repositories that recipes may take templates from. Default none.</summary>
    public ImmutableArray<string> TemplateRepositories { get; init; } = [];

    /// <summary>Account ids and aliases that may own the images that recipes start from; null: any. Default none.</summary>
    public ImmutableArray<string>? BaseOwners { get; init; } = [];

    /// <summary>Where fetched commits are kept; null: in the user's data folder. Default null.</summary>
    public string? Cache { get; init; }

    /// <summary>The packer program: its path, or its name. Default <c>packer</c>.</summary>
    public string Packer { get; init; } = "packer";

    /// <summary>EC2's address for builds where it is not the region's usual one; null for that.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>How often images that nothing needs go a step; null: only when it is asked for. Default null.</summary>
    public TimeSpan? SweepEvery { get; init; }

    /// <summary>Paths of parameters that hold image ids and that those sweeps read, beside Fleet's own. Default none.</summary>
    public ImmutableArray<string> SweepParameters { get; init; } = [];
}
