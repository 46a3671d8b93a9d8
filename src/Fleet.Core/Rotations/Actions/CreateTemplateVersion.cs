using Fleet.Core.Templates;

namespace Fleet.Core.Rotations.Actions;

/// <summary>Writes a template version; idempotent by its client token.</summary>
public sealed record CreateTemplateVersion(string TemplateId, long SourceVersion, TemplateChanges Changes, string Description, string ClientToken) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"create-version {TemplateId}";

    /// <inheritdoc/>
    public override string Lane => TemplateId;
}
