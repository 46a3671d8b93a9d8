namespace Fleet.Core.Rotations.Actions;

/// <summary>Pins a group's template version.</summary>
public sealed record PinTemplate(string Group, string TemplateId, string Version) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"pin {Group}";

    /// <inheritdoc/>
    public override string Lane => Group;
}
