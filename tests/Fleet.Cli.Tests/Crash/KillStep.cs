namespace Fleet.Cli.Tests.Crash;

/// <summary>One death in a chain of them.</summary>
/// <param name="Moment">When it comes, seen from its call.</param>
/// <param name="After">At which write of whoever drives by then, from 1; null for an eviction from a node that has more pods to evict: the middle of a drain.</param>
internal sealed record KillStep(KillMoment Moment, int? After)
{
    /// <summary>A chain with a death of each kind; where they come, and in which order, differs from round to round, so that each kind meets each part of a rotation.</summary>
    public static IReadOnlyList<KillStep> Round(int round)
    {
        const int Longest = 9;
        int After(int kind) => 1 + (((round * 5) + (kind * 3)) % Longest);
        KillStep[] kinds = [new(KillMoment.Before, After(0)), new(KillMoment.Applied, After(1)), new(KillMoment.Answered, After(2)), new(round % 2 == 0 ? KillMoment.Applied : KillMoment.Answered, null)];
        KillStep[] chain = [.. Enumerable.Range(round, kinds.Length).Select(place => kinds[place % kinds.Length])];
        var first = Array.FindIndex(chain, step => step.After is not null);
        chain[first] = chain[first] with { After = chain[first].After + (round % 5 * 3) };
        return chain;
    }
}
