namespace Fleet.Core.Rotations.Actions;

/// <summary>Remembers the target versions as the pool's last good ones.</summary>
public sealed record RememberLastGood(IReadOnlyDictionary<string, string> Versions) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => "remember-last-good";

    /// <inheritdoc/>
    public override string Lane => "pool";
}
