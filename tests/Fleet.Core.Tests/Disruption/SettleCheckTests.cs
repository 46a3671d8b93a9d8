using Fleet.Core.Disruption;
using Fleet.Core.Runs;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class SettleCheckTests
{
    private static readonly OwnerMark Mark = new("uid-cart", 2, 4, Now);

    [Theory]
    [InlineData(4, 4, 0, 0, 0, true)]
    [InlineData(4, 3, 0, 0, 0, false)]
    [InlineData(4, 3, 1, 0, 0, false)]
    [InlineData(4, 3, 2, 0, 0, false)]
    [InlineData(4, 3, 2, 1, 0, true)]
    [InlineData(4, 3, 1, 1, 0, false)]
    [InlineData(4, 3, 2, 0, 1, false)]
    [InlineData(3, 3, 0, 0, 0, true)]
    [InlineData(0, 0, 0, 0, 0, true)]
    [InlineData(8, 4, 0, 0, 0, true)]
    public void An_owner_settles_when_it_has_what_it_had_or_wants_or_only_older_pods_fail(int wanted, int ready, int ofThemNew, int unreadyOld, int unreadyNew, bool settled)
    {
        DateTimeOffset after = Now.AddSeconds(5), before = Now.AddDays(-1);
        var pods = Enumerable.Range(0, ready).Select(i => Pod($"p{i}") with { Created = i < ofThemNew ? after : before })
            .Concat(Enumerable.Range(0, unreadyOld).Select(i => Pod($"o{i}") with { Created = before, Ready = false }))
            .Concat(Enumerable.Range(0, unreadyNew).Select(i => Pod($"n{i}") with { Created = after, Ready = false }));
        var reason = Waiting(Round([Owner("cart", wanted), .. pods]), Mark);
        (reason is null).ShouldBe(settled);
    }

    [Fact]
    public void The_reason_names_owner_and_numbers()
    {
        var owner = Owner("cart", 4) with { Parent = new("Deployment", "shop", "cart", "uid-deployment") };
        var reason = Waiting(Round(owner, Pod("a"), Pod("b"), Pod("c") with { Created = Now }), Mark)!;
        reason.Code.ShouldBe(DisruptionCodes.Settling);
        reason.Object.ShouldBe("deployment shop/cart");
        reason.Value.ShouldBe("3 ready");
        reason.Limit.ShouldBe("4 ready");
        reason.Sentence.ShouldContain("1 of the 2 evicted");
    }

    [Fact]
    public void A_pod_that_ends_is_not_ready_any_more()
    {
        var pods = Enumerable.Range(0, 4).Select(i => Pod($"p{i}") with { DeletionDue = i == 0 ? Now : null });
        Waiting(Round([Owner("cart", 4), .. pods]), Mark).ShouldNotBeNull();
    }

    [Fact]
    public void An_owner_that_is_gone_has_settled() => Waiting(Round(), Mark).ShouldBeNull();

    [Fact]
    public void An_owner_of_a_kind_that_is_not_watched_settles_by_its_pods()
    {
        Waiting(Round(Pod("a", kind: "CloneSet")), Mark).ShouldNotBeNull();
        Waiting(Round([.. Enumerable.Range(0, 4).Select(i => Pod($"p{i}", kind: "CloneSet"))]), Mark).ShouldBeNull();
    }

    [Fact]
    public void Creation_times_in_whole_seconds_are_understood()
    {
        var mark = Mark with { Since = Now.AddMilliseconds(700) };
        Waiting(Round(Owner("cart", 3), Pod("a") with { Created = Now }, Pod("b") with { Created = Now }, Pod("c") with { Ready = false }), mark).ShouldBeNull();
    }

    [Fact]
    public void What_an_owner_lacks_is_charged_to_the_latest_slots_once()
    {
        var earlier = Mark with { Evicted = 1 };
        var later = Mark with { Evicted = 1, Since = Now.AddSeconds(10) };
        var round = Round(Owner("cart", 4), Pod("a"), Pod("b"), Pod("c") with { Created = Now.AddSeconds(20) }, Pod("d") with { Created = Now, Ready = false });
        new SettleCheck(round, [later, earlier]).Waiting(earlier).ShouldBeNull();
        new SettleCheck(round, [later, earlier]).Waiting(later).ShouldNotBeNull();
        new SettleCheck(round, [later]).Waiting(later).ShouldNotBeNull();
        new SettleCheck(round, [later, earlier]).Disrupted(Now.AddSeconds(30)).ShouldBe(new Dictionary<string, int> { ["uid-cart"] = 1 });
    }

    [Fact]
    public void Nothing_is_in_flight_of_an_owner_that_is_back() =>
        new SettleCheck(Round([Owner("cart", 4), .. Enumerable.Range(0, 4).Select(i => Pod($"p{i}"))]), [Mark, Mark with { Evicted = 1 }]).Disrupted(Now.AddSeconds(30)).ShouldBeEmpty();

    [Theory]
    [InlineData(30, 1)]
    [InlineData(700, 0)]
    public void While_a_pod_made_since_is_on_its_way_what_became_ready_may_be_for_what_others_took(int seconds, int disrupted)
    {
        // Somebody else's pod came back, so that there are as many as before the slot's own eviction.
        var mark = Mark with { Evicted = 1, ReadyBefore = 3 };
        var round = Round(Owner("cart", 4), Pod("a"), Pod("b"), Pod("c"), Pod("d") with { Created = Now.AddSeconds(20), Ready = false });

        new SettleCheck(round, [mark]).Waiting(mark).ShouldBeNull();
        new SettleCheck(round, [mark]).Disrupted(Now.AddSeconds(seconds)).Values.Sum().ShouldBe(disrupted);
    }

    private static Reason? Waiting(DrainRound round, OwnerMark mark) => new SettleCheck(round, [mark]).Waiting(mark);
}
