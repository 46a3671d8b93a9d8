using Fleet.Core.Runs;

namespace Fleet.Contracts.Storage;

/// <summary>One holder at a time, a number that rises with each change of hands; and requests that other processes leave.</summary>
public abstract class RunLeaseContract : RunSuite
{
    [Fact]
    public async Task A_free_lease_is_taken()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);

        var lease = await Acquire("me", 0);

        lease.ShouldBe(new RunLease("r-1", "me", Runs.Noon + Runs.LeaseTime, lease.Fencing));
        lease.Fencing.ShouldBeGreaterThan(0);
        (await Store.LeaseAsync("r-1", None)).ShouldBe(lease);
    }

    [Fact]
    public async Task A_lease_that_was_never_taken_is_null()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);

        (await Store.LeaseAsync("r-1", None)).ShouldBeNull();
        (await Store.LeaseAsync("r-9", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_renewal_by_the_holder_keeps_the_number_and_moves_the_end()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);
        var first = await Acquire("me", 0);

        var renewed = await Acquire("me", 5);

        renewed.ShouldBe(first with { Expires = first.Expires.AddSeconds(5) });
    }

    [Fact]
    public async Task A_renewal_by_the_holder_keeps_the_number_even_late()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);
        var first = await Acquire("me", 0);

        (await Acquire("me", 500)).Fencing.ShouldBe(first.Fencing);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(14.9)]
    public async Task A_lease_that_is_held_is_shown_and_not_taken(double seconds)
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);
        var held = await Acquire("me", 0);

        (await Acquire("other", seconds)).ShouldBe(held);
        (await Store.LeaseAsync("r-1", None)).ShouldBe(held);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(600)]
    public async Task An_expired_lease_changes_hands_and_the_number_rises(double seconds)
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);
        var held = await Acquire("me", 0);

        var taken = await Acquire("other", seconds);

        taken.Owner.ShouldBe("other");
        taken.Fencing.ShouldBeGreaterThan(held.Fencing);
    }

    [Fact]
    public async Task A_lease_given_back_is_gone_and_the_next_one_has_a_higher_number_whoever_takes_it()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);
        var held = await Acquire("me", 0);

        await Store.ReleaseLeaseAsync("r-1", "me", None);

        (await Store.LeaseAsync("r-1", None)).ShouldBeNull();
        (await Acquire("me", 1)).Fencing.ShouldBeGreaterThan(held.Fencing);
    }

    [Fact]
    public async Task A_lease_is_given_back_by_its_holder_only()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);
        var held = await Acquire("me", 0);

        await Store.ReleaseLeaseAsync("r-1", "other", None);

        (await Store.LeaseAsync("r-1", None)).ShouldBe(held);
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_gets_the_lease()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Acquire($"driver-{number}", 0))));

        answers.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_lease_or_a_request_needs_a_run()
    {
        await Should.ThrowAsync<KeyNotFoundException>(() => Acquire("me", 0));
        await Should.ThrowAsync<KeyNotFoundException>(() => Store.RequestAsync("r-1", RunRequest.Pause, None));
    }

    [Fact]
    public async Task A_request_is_kept_by_commits_that_did_not_handle_it_and_does_not_disturb_the_driver()
    {
        var run = Runs.Pending("r-1");
        await Store.CreateAsync(run, None);
        var lease = await Acquire("me", 0);
        await Store.RequestAsync("r-1", RunRequest.Pause, None);

        var stored = await Store.CommitAsync(Runs.Commit(run with { Request = RunRequest.None }, lease.Fencing), None);

        stored.Request.ShouldBe(RunRequest.Pause);
        (await Store.GetAsync("r-1", None))!.Request.ShouldBe(RunRequest.Pause);
    }

    [Theory]
    [InlineData(RunRequest.Pause, RunRequest.None)]
    [InlineData(RunRequest.Cancel, RunRequest.Cancel)]
    public async Task A_handled_request_is_cleared_only_if_it_is_still_the_same(RunRequest found, RunRequest left)
    {
        var run = Runs.Pending("r-1");
        await Store.CreateAsync(run, None);
        var lease = await Acquire("me", 0);
        await Store.RequestAsync("r-1", found, None);

        await Store.CommitAsync(Runs.Commit(run, lease.Fencing) with { HandledRequest = RunRequest.Pause }, None);

        (await Store.GetAsync("r-1", None))!.Request.ShouldBe(left);
    }

    private Task<RunLease> Acquire(string owner, double secondsPastNoon) =>
        AcquireAsync("r-1", owner, Runs.Noon.AddSeconds(secondsPastNoon));
}
