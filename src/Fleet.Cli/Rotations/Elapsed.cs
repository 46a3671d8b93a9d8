namespace Fleet.Cli.Rotations;

/// <summary>Time since a run's creation, as displays write it.</summary>
internal static class Elapsed
{
    public static string Of(TimeSpan time) => $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}";
}
