using System.Collections.Concurrent;
using Fleet.Simulation.Records;
using Xunit.Abstractions;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>With each safeguard switched off in turn some random world sees the rule broken that it keeps: the worlds and their record are not blind.</summary>
public class MutantTests(ITestOutputHelper output)
{
    private static readonly int Worlds = Campaigns.Count("FLEET_MUTANTS", 0);
    private static readonly int First = Campaigns.Count("FLEET_FIRST", 1);

    /// <summary>One world that sees it is enough; a campaign looks for some to choose from.</summary>
    private static readonly int Enough = Worlds > 0 ? 5 : 1;

    public static TheoryData<string> Names => [.. Mutants.All];

    [Fact]
    public void Each_safeguard_has_worlds_that_show_what_it_is_good_for() =>
        Mutants.Known.Where(named => named.Value.Seeds.Length > 0).Select(named => named.Key).ShouldBe(Mutants.All, ignoreOrder: true);

    [Fact]
    public void Each_rule_of_the_record_is_broken_by_some_mutant() =>
        Mutants.Known.Values.Select(known => known.Breaks).Distinct().ShouldBe(Enum.GetValues<SafetyRule>(), ignoreOrder: true);

    [Fact]
    public void With_every_safeguard_in_place_nothing_is_broken_in_these_worlds() =>
        Mutants.Known.Values.SelectMany(known => known.Seeds).Concat(Mutants.Mended).Distinct().Order().AsParallel().SelectMany(seed => WorldRun.Of(seed)?.Violations ?? []).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rotation_without_it_is_caught_by_the_world(string safeguard)
    {
        var (breaks, known) = Mutants.Known[safeguard];
        int[] seeds = Worlds > 0 ? [.. Enumerable.Range(First, Worlds)] : known;
        var killers = new ConcurrentDictionary<int, string>();
        Parallel.ForEach(seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, search) =>
        {
            if (WorldRun.Of(seed, options => Mutants.Without(safeguard, options)) is { } run && run.Broken.Contains(breaks))
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

        killers.ShouldNotBeEmpty($"{breaks} is broken in no world of {seeds.Length} although {safeguard} is missing");
    }
}
