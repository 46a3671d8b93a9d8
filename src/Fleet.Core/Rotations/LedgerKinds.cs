namespace Fleet.Core.Rotations;

/// <summary>Kinds of entries that a rotation writes into the undo ledger.</summary>
public static class LedgerKinds
{
    /// <summary>Subject group; before and mine are template and version, <c>lt-…:7</c>.</summary>
    public const string Pin = "template-pin";

    /// <summary>Subject hook; before and mine are what its place holds.</summary>
    public const string Hook = "hook-value";

    /// <summary>Subject group; mine is the signed sum of raises.</summary>
    public const string Desired = "desired-capacity";

    /// <summary>Subject group; before and mine are numbers.</summary>
    public const string Max = "max-size";

    /// <summary>Subject group; mine is the process.</summary>
    public const string Suspended = "suspended-process";

    /// <summary>Subject group; new instances inherit protection.</summary>
    public const string NewProtected = "new-instances-protected";

    /// <summary>Subject group; before is the list of instances that were protected already.</summary>
    public const string Protection = "scale-in-protection";

    /// <summary>Subject node name and uid; the soft taint and what goes with it.</summary>
    public const string SoftMarks = "soft-marks";

    /// <summary>Subject node name and uid; the load-balancer exclusion label.</summary>
    public const string Excluded = "load-balancer-exclusion";

    /// <summary>Subject node name and uid.</summary>
    public const string Cordon = "cordon";
}
