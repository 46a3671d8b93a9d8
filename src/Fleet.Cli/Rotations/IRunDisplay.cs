namespace Fleet.Cli.Rotations;

/// <summary>Shows a run while it goes on.</summary>
internal interface IRunDisplay
{
    /// <summary>Shows what a follower hands it, until the follower ends.</summary>
    Task ShowAsync(Func<Action<RunSnapshot>, Task> follow);
}
