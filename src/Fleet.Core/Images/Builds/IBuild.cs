namespace Fleet.Core.Images.Builds;

/// <summary>A build under way in this process. It ends with the process: what outlives it is found by its tag.</summary>
public interface IBuild : IAsyncDisposable
{
    /// <summary>Comes when the build has ended.</summary>
    Task<BuildResult> Completion { get; }

    /// <summary>What was said since the last call.</summary>
    IReadOnlyList<BuildLine> Heard();

    /// <summary>Asks it to stop and to clean up after itself; <see cref="Completion"/> comes when that is done.</summary>
    void Cancel();
}
