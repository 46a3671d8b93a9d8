namespace Fleet.Core.Images.Sweep;

/// <summary>What the sweep does with an image.</summary>
public enum SweepStep
{
    /// <summary>It stays as it is.</summary>
    Stay,

    /// <summary>Nothing needs it: it is marked as deprecated.</summary>
    Deprecate,

    /// <summary>It has been deprecated long enough: it is disabled.</summary>
    Disable,

    /// <summary>It has been disabled long enough: it is deregistered, and its snapshots are deleted.</summary>
    Deregister,

    /// <summary>Something needs it again: it goes one step back.</summary>
    Restore,
}
