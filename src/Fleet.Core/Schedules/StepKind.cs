namespace Fleet.Core.Schedules;

/// <summary>What is done in one step of a schedule's time.</summary>
public enum StepKind
{
    /// <summary>A pool is rotated.</summary>
    Rotation,

    /// <summary>A recipe's image is built.</summary>
    Build,

    /// <summary>A recipe's newest candidate becomes stable.</summary>
    Promotion,
}
