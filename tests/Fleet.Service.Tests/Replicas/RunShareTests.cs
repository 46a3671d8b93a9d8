using Fleet.Core.Runs;
using Fleet.Service.Replicas;
using Fleet.Service.Tests.SignIn;

namespace Fleet.Service.Tests.Replicas;

/// <summary>How replicas share the runs that nobody drives.</summary>
public sealed class RunShareTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    private readonly SetClock _clock = new(Start);

    [Fact]
    public void One_that_is_alone_takes_everything_at_once() =>
        new RunShare(() => 1, "a", _clock).Take(Runs(7), new HashSet<string>(), 7, 0).Count.ShouldBe(7);

    [Fact]
    public void Of_two_that_are_left_each_takes_half_of_what_the_third_left()
    {
        var left = Runs(6);
        var taken = new RunShare(() => 3, "a", _clock).Take(left, new HashSet<string> { "dead" }, 10, 2);
        taken.Count.ShouldBe(3, "it has two of ten already, and there are two to drive them");
    }

    [Fact]
    public void Who_has_its_part_leaves_a_run_to_the_others_and_takes_it_when_none_has_come()
    {
        var share = new RunShare(() => 2, "a", _clock);
        var left = Runs(1);
        share.Take(left, new HashSet<string>(), 4, 3).ShouldBeEmpty();
        _clock.Pass(RunShare.Grace - TimeSpan.FromMilliseconds(1));
        share.Take(left, new HashSet<string>(), 4, 3).ShouldBeEmpty();
        _clock.Pass(TimeSpan.FromMilliseconds(1));
        share.Take(left, new HashSet<string>(), 4, 3).ShouldBe(left);
    }

    [Fact]
    public void A_run_that_was_taken_in_between_waits_anew()
    {
        var share = new RunShare(() => 2, "a", _clock);
        share.Take(Runs(1), new HashSet<string>(), 4, 3).ShouldBeEmpty();
        share.Take([], new HashSet<string>(), 4, 3).ShouldBeEmpty();
        _clock.Pass(RunShare.Grace);
        share.Take(Runs(1), new HashSet<string>(), 4, 3).ShouldBeEmpty();
    }

    /// <summary>Whatever is open and wherever it is driven: what is left goes to somebody, at once or after the grace, and at once nobody goes beyond an even part.</summary>
    [Fact]
    public void Nothing_is_left_lying_and_nobody_takes_more_than_an_even_part_at_once()
    {
        var chance = new Random(7);
        for (var world = 0; world < 500; world++)
        {
            var replicas = chance.Next(1, 5);
            var here = Enumerable.Range(0, replicas).Select(_ => chance.Next(0, 5)).ToArray();
            var free = Runs(chance.Next(0, 12));
            var open = free.Count + here.Sum();
            var shares = Enumerable.Range(0, replicas).Select(one => new RunShare(() => replicas, $"replica-{one}", _clock)).ToList();
            for (var one = 0; one < replicas; one++)
            {
                var taken = shares[one].Take(free, new HashSet<string>(), open, here[one]);
                taken.Count.ShouldBe(Math.Clamp((int)Math.Ceiling((double)open / replicas) - here[one], 0, free.Count));
                free = [.. free.Except(taken)];
            }

            free.ShouldBeEmpty("the even parts together are all there is");
        }
    }

    [Fact]
    public void Who_looks_at_the_same_moment_does_not_reach_for_the_same_runs_first()
    {
        var left = Runs(8);
        var first = new RunShare(() => 2, "a", _clock).Take(left, new HashSet<string>(), 8, 0);
        var second = new RunShare(() => 2, "b", _clock).Take(left, new HashSet<string>(), 8, 0);
        first.Select(run => run.Id).Order().ShouldNotBe(second.Select(run => run.Id).Order());
    }

    private static List<Run> Runs(int count) => [.. Enumerable.Range(0, count).Select(one => new Run { Id = $"run-{one}", Kind = "rotation", Cluster = "site", Spec = "{}", State = "{}", Created = Start, Updated = Start })];
}
