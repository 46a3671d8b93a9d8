namespace Fleet.Core.Rotations;

/// <summary>What the pool's instances shall become: exactly one of an image or a template version.</summary>
public sealed record RotationTarget
{
    /// <summary>Image id; a new template version is written with it unless the current one has it already.</summary>
    public string? ImageId { get; init; }

    /// <summary>Number of an existing version of each group's template.</summary>
    public long? TemplateVersion { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ImageId ?? $"template version {TemplateVersion}";
}
