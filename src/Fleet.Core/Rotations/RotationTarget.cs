using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fleet.Core.Templates;

namespace Fleet.Core.Rotations;

/// <summary>What the pool's instances shall become: exactly one of an image, a template version, or the versions of the last good rotation.</summary>
public sealed record RotationTarget
{
    /// <summary>Image id; a new template version is written with it unless the current one has it already.</summary>
    public string? ImageId { get; init; }

    /// <summary>Number of an existing version of each group's template.</summary>
    public long? TemplateVersion { get; init; }

    /// <summary>Per group: the version that the last successful rotation gave it.</summary>
    public ImmutableSortedDictionary<string, long>? LastGood { get; init; }

    /// <summary>The recipe whose image <see cref="ImageId"/> is, with its version, <c>worker/3f2a…</c>; null where the image was named otherwise.</summary>
    public string? Recipe { get; init; }

    /// <summary>What new versions say besides the image, as declared and rendered when the run was asked for; null: nothing.</summary>
    public TemplateChanges? Declared { get; init; }

    /// <summary>What new versions say; null where one that exists is to be used.</summary>
    [JsonIgnore]
    public TemplateChanges? Changes => ImageId is null ? null : Declared ?? new() { ImageId = ImageId };

    /// <summary>Whether a version that exists is to be used, and none written.</summary>
    [JsonIgnore]
    public bool Exists => ImageId is null;

    /// <summary>The existing version that a group shall have; null where an image is wanted.</summary>
    public long? VersionOf(string group) => TemplateVersion ?? (LastGood?.TryGetValue(group, out var version) == true ? version : null);

    /// <inheritdoc/>
    public override string ToString() =>
        Recipe is not null ? $"{ImageId} ({Recipe})" : ImageId ?? (TemplateVersion is { } number ? $"template version {number}" : $"the last good template versions ({string.Join(", ", LastGood!.Select(group => $"{group.Key}: {group.Value}"))})");
}
