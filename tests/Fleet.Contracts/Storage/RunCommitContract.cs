using Fleet.Core.Runs;

namespace Fleet.Contracts.Storage;

/// <summary>What a commit records, and that it records all or nothing under version and fencing number.</summary>
public abstract class RunCommitContract : RunSuite
{
    [Fact]
    public async Task A_commit_stores_state_phase_reasons_journal_and_ledger_together_one_version_on()
    {
        var (run, fencing) = await Driven("r-1");
        var reason = new Reason { Code = "budget-exhausted", Sentence = "No room.", Object = "poddisruptionbudget shop/cart", Cure = "wait", Node = "n-1" };
        var wanted = run with { State = """{"slot":1}""", Phase = RunPhase.Waiting, Reasons = [reason], Updated = Runs.Noon.AddMinutes(1) };

        var returned = await Store.CommitAsync(
            Runs.Commit(wanted, fencing) with { Journal = [Runs.Line("one"), Runs.Line("two")], Ledger = [Runs.Entry("max-size", "asg-a")] }, None);

        var stored = (await Store.GetAsync("r-1", None))!;
        stored.Version.ShouldBe(1);
        stored.State.ShouldBe("""{"slot":1}""");
        stored.Phase.ShouldBe(RunPhase.Waiting);
        stored.Reasons.ShouldBe([reason]);
        stored.Updated.ShouldBe(Runs.Noon.AddMinutes(1));
        (returned with { Reasons = [] }).ShouldBe(stored with { Reasons = [] });
        (await Store.JournalAsync("r-1", 0, None)).ShouldBe([Runs.Line("one") with { Sequence = 1 }, Runs.Line("two") with { Sequence = 2 }]);
        (await Store.LedgerAsync("r-1", None)).ShouldBe([Runs.Entry("max-size", "asg-a")]);
    }

    [Fact]
    public async Task A_commit_never_changes_what_was_asked_for()
    {
        var (run, fencing) = await Driven("r-1");

        await Store.CommitAsync(Runs.Commit(run with { Spec = "{}", Kind = "upgrade", Cluster = "other", Created = Runs.Noon.AddDays(1) }, fencing), None);

        (await Store.GetAsync("r-1", None)).ShouldBe(run with { Version = 1 });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_commit_decided_on_another_version_is_lost_and_records_nothing(int difference)
    {
        var (run, fencing) = await Driven("r-1");
        run = await Store.CommitAsync(Runs.Commit(run, fencing), None);

        await Refused(Runs.Commit(run with { Version = run.Version + difference, State = "wrong" }, fencing));
    }

    [Fact]
    public async Task A_commit_under_an_old_fencing_number_is_lost_and_records_nothing()
    {
        var (run, fencing) = await Driven("r-1");
        run = await Store.CommitAsync(Runs.Commit(run, fencing), None);
        await AcquireAsync("r-1", "other", Runs.Noon.AddMinutes(1));

        await Refused(Runs.Commit(run with { State = "wrong" }, fencing));
        await Should.ThrowAsync<RunLostException>(() => Store.AppendAsync("r-1", fencing, [Runs.Line("late")], None));
        (await Store.JournalAsync("r-1", 0, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_commit_after_the_lease_was_given_back_is_lost()
    {
        var (run, fencing) = await Driven("r-1");
        run = await Store.CommitAsync(Runs.Commit(run, fencing), None);
        await Store.ReleaseLeaseAsync("r-1", "me", None);

        await Refused(Runs.Commit(run with { State = "wrong" }, fencing));
    }

    [Fact]
    public async Task A_commit_without_a_lease_or_without_a_run_is_lost()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);

        await Should.ThrowAsync<RunLostException>(() => Store.CommitAsync(Runs.Commit(Runs.Pending("r-1"), 0), None));
        await Should.ThrowAsync<RunLostException>(() => Store.CommitAsync(Runs.Commit(Runs.Pending("r-2"), 0), None));
    }

    [Fact]
    public async Task A_commit_under_an_expired_lease_counts_while_nobody_has_taken_it()
    {
        var (run, fencing) = await Driven("r-1");

        await Store.CommitAsync(Runs.Commit(run with { Updated = Runs.Noon.AddHours(1) }, fencing), None);

        (await Store.GetAsync("r-1", None))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Journal_lines_are_numbered_on_across_commits_and_answers_and_read_from_a_number_on()
    {
        var (run, fencing) = await Driven("r-1");
        await Store.CommitAsync(Runs.Commit(run, fencing) with { Journal = [Runs.Line("1")] }, None);
        await Store.AppendAsync("r-1", fencing, [Runs.Line("2"), Runs.Line("3")], None);
        await Store.CommitAsync(Runs.Commit(run with { Version = 1 }, fencing) with { Journal = [Runs.Line("4")] }, None);

        (await Store.JournalAsync("r-1", 1, None)).Select(line => (line.Sequence, line.Message)).ShouldBe([(2, "2"), (3, "3"), (4, "4")]);
        (await Store.JournalAsync("r-1", 1, 2, None)).Select(line => line.Sequence).ShouldBe([2, 3]);
        (await Store.GetAsync("r-1", None))!.Version.ShouldBe(2, "an answer is no new version");
    }

    [Theory]
    [InlineData("nul \0 in the middle", "in the middle")]
    [InlineData("half a pair \uD83D at the end", "at the end")]
    [InlineData("Größe 🚀 → '; DROP TABLE runs; --", "Größe 🚀 → '; DROP TABLE runs; --")]
    public async Task Whatever_others_wrote_into_a_message_is_recorded(string message, string kept)
    {
        var (run, fencing) = await Driven("r-1");

        await Store.CommitAsync(Runs.Commit(run, fencing) with { Journal = [Runs.Line(message)], Ledger = [Runs.Entry("cordon", "n-1") with { Note = message }] }, None);

        (await Store.JournalAsync("r-1", 0, None)).ShouldHaveSingleItem().Message.ShouldContain(kept);
        (await Store.LedgerAsync("r-1", None)).ShouldHaveSingleItem().Note!.ShouldContain(kept);
    }

    [Fact]
    public async Task Ledger_entries_are_replaced_by_kind_and_subject_and_keep_their_place()
    {
        var (run, fencing) = await Driven("r-1");
        var cordon = Runs.Entry("cordon", "n-1") with { Before = "false", Mine = "true", ActionId = "a-1" };
        await Store.CommitAsync(Runs.Commit(run, fencing) with { Ledger = [cordon, Runs.Entry("cordon", "n-2"), Runs.Entry("max-size", "n-1")] }, None);
        var done = cordon with { Status = LedgerStatus.Done, Note = "uncordoned", At = Runs.Noon.AddMinutes(1), Before = null };

        await Store.CommitAsync(Runs.Commit(run with { Version = 1 }, fencing) with { Ledger = [Runs.Entry("taint", "n-3"), done] }, None);

        (await Store.LedgerAsync("r-1", None)).ShouldBe([done, Runs.Entry("cordon", "n-2"), Runs.Entry("max-size", "n-1"), Runs.Entry("taint", "n-3")]);
    }

    [Fact]
    public async Task Journal_and_ledger_belong_to_one_run()
    {
        var (first, firstFencing) = await Driven("r-1");
        var (second, secondFencing) = await Driven("r-2");
        await Store.CommitAsync(Runs.Commit(first, firstFencing) with { Journal = [Runs.Line("of 1")], Ledger = [Runs.Entry("cordon", "n-1")] }, None);
        await Store.CommitAsync(Runs.Commit(second, secondFencing) with { Journal = [Runs.Line("of 2")] }, None);

        (await Store.JournalAsync("r-2", 0, None)).ShouldBe([Runs.Line("of 2") with { Sequence = 1 }]);
        (await Store.LedgerAsync("r-2", None)).ShouldBeEmpty();
    }

    private async Task<(Run Run, long Fencing)> Driven(string id)
    {
        await Store.CreateAsync(Runs.Pending(id, pool: id), None);
        var lease = await AcquireAsync(id, "me", Runs.Noon);
        return (Runs.Pending(id, pool: id), lease.Fencing);
    }

    private async Task Refused(RunCommit commit)
    {
        var before = await Store.GetAsync(commit.Run.Id, None);
        var refusal = await Should.ThrowAsync<RunLostException>(
            () => Store.CommitAsync(commit with { Journal = [Runs.Line("wrong")], Ledger = [Runs.Entry("cordon", "wrong")] }, None));
        refusal.Message.ShouldContain(commit.Run.Id);
        (await Store.GetAsync(commit.Run.Id, None)).ShouldBe(before);
        (await Store.JournalAsync(commit.Run.Id, 0, None)).ShouldBeEmpty();
        (await Store.LedgerAsync(commit.Run.Id, None)).ShouldBeEmpty();
    }
}
