using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>With each safeguard switched off in turn some random world sees a rule broken: the worlds and their record are not blind.</summary>
public class MutantTests(ITestOutputHelper output)
{
    private static readonly int Worlds = Campaigns.Count("FLEET_MUTANTS", 0);

    /// <summary>One world that sees it is enough; a campaign looks for some to choose from.</summary>
    private static readonly int Enough = Worlds > 0 ? 5 : 1;

    public static TheoryData<string> Names => [.. Mutants.All.Where(name => Worlds > 0 || Mutants.Seeds.ContainsKey(name))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rotation_without_it_is_caught_by_the_world(string safeguard)
    {
        int[] seeds = Worlds > 0 ? [.. Enumerable.Range(1, Worlds)] : Mutants.Seeds.GetValueOrDefault(safeguard, []);
        var killers = new ConcurrentDictionary<int, string>();
        Parallel.ForEach(seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, search) =>
        {
            if (WorldRun.Of(seed, options => Mutants.Without(safeguard, options)) is { Broken.IsEmpty: false } run)
            {
                killers[seed] = string.Join(", ", run.Broken);
                if (killers.Count >= Enough)
                {
                    search.Stop();
                }
            }
        });

        foreach (var (seed, rules) in killers.OrderBy(killer => killer.Key))
        {
            output.WriteLine($"{safeguard}: seed {seed}: {rules}");
        }

        killers.ShouldNotBeEmpty($"no world of {seeds.Length} sees that {safeguard} is missing");
    }
}
