namespace Fleet.Core.Runs;

/// <summary>What a driver's step came to.</summary>
/// <param name="Run">The run as stored.</param>
/// <param name="LookAgain">When to step again at the latest, in policy time; the greatest instant when the run has ended or stands.</param>
public sealed record RunStep(Run Run, DateTimeOffset LookAgain)
{
    /// <summary>Whether there is nothing to do until a person acts, or ever.</summary>
    public bool Rests => Run.Rests;
}
