using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Keys;
using Fleet.Core.Inventory;

namespace Fleet.Core.Builds;

/// <summary>What a recipe comes to now.</summary>
public sealed record BuildResolution
{
    /// <summary>What speaks against it; all of it.</summary>
    public ImmutableArray<InputError> Errors { get; init; } = [];

    /// <summary>Whether the credentials are another account's, whose keys say nothing of the recipe's.</summary>
    public bool IsElsewhere => Errors.Any(error => error.Code == BuildResolver.WrongAccount);

    /// <summary>What was found of the keys of all regions; nothing where they were not looked at.</summary>
    public KeyReport Keys { get; init; } = KeyReport.None;

    /// <summary>What the image would be made from; null where something is missing.</summary>
    public BuildSource? Source { get; init; }

    /// <summary>The newest version of the same source that can be used; null for none.</summary>
    public ImageRecord? Existing { get; init; }

    /// <summary>The template's folder; null where it cannot be had.</summary>
    public TemplateFolder? Folder { get; init; }
}
