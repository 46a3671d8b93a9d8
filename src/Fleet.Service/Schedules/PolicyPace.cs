namespace Fleet.Service.Schedules;

/// <summary>Tells wall times of policy times. The policy's clock may be another one that runs faster; how fast is seen from its course so far.</summary>
internal sealed class PolicyPace(TimeProvider policy, TimeProvider wall)
{
    /// <summary>No time is told further ahead: until then the pace may change, and a clock that is set would be seen late.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromMinutes(1);

    /// <summary>Before this the pace is not known, and it is looked at again.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    /// <summary>Timers may go off a little early: what is looked at then is not due yet.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(10);

    private readonly DateTimeOffset _first = policy.GetUtcNow();
    private readonly long _began = wall.GetTimestamp();

    /// <summary>The wall time at which the policy's clock shows a time, or <see cref="Farthest"/> from now.</summary>
    public DateTimeOffset WallTime(DateTimeOffset at)
    {
        var left = at - policy.GetUtcNow();
        return wall.GetUtcNow() + (left <= TimeSpan.Zero ? TimeSpan.Zero : Span(left) + Margin);
    }

    private TimeSpan Span(TimeSpan left)
    {
        if (ReferenceEquals(policy, wall))
        {
            return left < Farthest ? left : Farthest;
        }

        var (passed, course) = (wall.GetElapsedTime(_began), policy.GetUtcNow() - _first);
        return passed < Least ? Least : left / Farthest < course / passed ? passed * (left / course) : Farthest;
    }
}
