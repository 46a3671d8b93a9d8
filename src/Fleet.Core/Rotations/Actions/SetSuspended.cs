namespace Fleet.Core.Rotations.Actions;

/// <summary>Suspends or resumes a process.</summary>
public sealed record SetSuspended(string Group, string Process, bool Suspend) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"{(Suspend ? "suspend" : "resume")} {Process} {Group}";

    /// <inheritdoc/>
    public override string Lane => Group;
}
