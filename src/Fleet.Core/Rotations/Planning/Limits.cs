namespace Fleet.Core.Rotations.Planning;

/// <summary>No run goes on for ever.</summary>
internal static class Limits
{
    public static void Check(Round round)
    {
        if (!round.Keeps(Safeguard.Limits))
        {
            return;
        }

        var policy = round.Policy;
        if (round.State.Progress is { } progress)
        {
            Check(round, "no-progress", progress, policy.NoProgressTimeout, "nothing has gone forward");
        }

        if (round.State.Started is { } started)
        {
            Check(round, "total-timeout", started, policy.TotalTimeout, "the run has been under way");
        }
    }

    private static void Check(Round round, string code, DateTimeOffset since, TimeSpan limit, string what)
    {
        round.LookBy(since + limit);
        if (round.Now - since < limit)
        {
            return;
        }

        var first = PlanReasons.Limit(code, $"pool {round.Spec.Pool.Name}", $"{limit}", $"{what} for {(round.Now - since):c}", "cure what the other reasons name, then resume");
        Halting.Begin(round, RotationHalt.Stop, [first, .. round.Reasons.Take(5)]);
    }
}
