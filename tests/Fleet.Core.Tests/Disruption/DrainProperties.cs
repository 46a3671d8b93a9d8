using Fleet.Core.Disruption;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class DrainProperties
{
    [Fact]
    public void Every_node_is_drained_and_no_owner_without_budget_falls_below_its_limit() => Chance.ForAll(60, random =>
    {
        var world = new DrainWorld(random, lags: true);
        var before = world.LeastReady.ToDictionary();
        Drain(world);
        foreach (var (uid, least) in world.LeastReady)
        {
            var pod = world.Truth.PodsOf(uid)[0];
            var floor = world.Truth.BudgetsOf(pod).SingleOrDefault() is { } budget ? budget.DesiredHealthy : before[uid] - Math.Max(1, before[uid] / 4);
            least.ShouldBeGreaterThanOrEqualTo(floor, $"{uid} of {before[uid]}, budget {world.Truth.BudgetsOf(pod).Any()}");
        }
    });

    [Fact]
    public void The_server_refuses_nothing_while_the_view_keeps_up() => Chance.ForAll(40, random =>
    {
        var world = new DrainWorld(random, lags: false);
        Drain(world);
        world.Refusals.ShouldBe(0);
    });

    private static void Drain(DrainWorld world)
    {
        List<AdmittedNode> admitted = [];
        HashSet<string> evicted = [];
        List<OwnerMark> marks = [];
        Queue<string> waiting = new(world.Old);
        for (var step = 0; waiting.Count > 0 || admitted.Count > 0; step++)
        {
            step.ShouldBeLessThan(1000, "the drains stand still");
            var round = new DrainRound(world.Seen, Policy);
            var check = new SettleCheck(round, marks);
            marks = [.. marks.Where(mark => check.Waiting(mark) is not null)];
            var inFlight = new SettleCheck(round, marks).Disrupted(world.Now);
            admitted.RemoveAll(node => DrainProgress.Of(round, node.Node, world.Now).Drained);
            var headroom = new Headroom(round, admitted, inFlight);
            for (var i = waiting.Count; i > 0; i--)
            {
                var node = waiting.Dequeue();
                var verdict = headroom.Check(node);
                if (verdict.Admitted)
                {
                    admitted.Add(new(node, verdict.HoldsAlone));
                    headroom = headroom.With(admitted[^1]);
                }
                else
                {
                    waiting.Enqueue(node);
                }
            }

            var turn = EvictionTurn.Next(round, admitted.Select(node => node.Node), evicted, new Dictionary<string, DateTimeOffset>(), inFlight, world.Now);
            foreach (var pod in turn.Evict)
            {
                var readyBefore = round.ReadyOf(pod.Owner!.Uid) + inFlight.GetValueOrDefault(pod.Owner.Uid);
                if (world.Evict(pod))
                {
                    evicted.Add(pod.Uid);
                    marks.Add(new(pod.Owner.Uid, 1, readyBefore, world.Now));
                }
            }

            world.Pass();
        }

        world.Old.ShouldAllBe(node => !world.Truth.PodsOn(node).Any());
    }
}
