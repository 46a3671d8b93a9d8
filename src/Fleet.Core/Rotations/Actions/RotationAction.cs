namespace Fleet.Core.Rotations.Actions;

/// <summary>One verb on AWS or Kubernetes, decided and recorded before it is made. Actions of one <see cref="Lane"/> are made in order.</summary>
public abstract record RotationAction
{
    /// <summary>Stable name of this very action: verb and subject. A failure of it delays the next try of the same.</summary>
    public abstract string Key { get; }

    /// <summary>The object whose actions keep their order.</summary>
    public abstract string Lane { get; }
}
