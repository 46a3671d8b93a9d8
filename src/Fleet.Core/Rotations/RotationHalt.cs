namespace Fleet.Core.Rotations;

/// <summary>Where a rotation is being brought to, against its way forward.</summary>
public enum RotationHalt
{
    /// <summary>Forward.</summary>
    None,

    /// <summary>To a pause that a person asked for.</summary>
    Pause,

    /// <summary>To a stop that Fleet decided on.</summary>
    Stop,

    /// <summary>To a stated mixture with nothing left undone.</summary>
    Cancel,
}
