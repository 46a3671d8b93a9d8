namespace Fleet.Cli.Tests.Crash;

/// <summary>When a process dies, seen from one of its calls.</summary>
internal enum KillMoment
{
    /// <summary>It has sent the call, which never takes effect.</summary>
    Before,

    /// <summary>The call takes effect, and nobody hears of it.</summary>
    Applied,

    /// <summary>It has heard the answer, and dies at whatever it asks next.</summary>
    Answered,
}
