namespace Fleet.Core.Builds;

/// <summary>How a build ends that makes no image.</summary>
public enum BuildEnding
{
    /// <summary>It failed.</summary>
    Failed,

    /// <summary>A person cancelled it.</summary>
    Cancelled,
}
