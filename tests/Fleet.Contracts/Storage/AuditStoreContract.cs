using Fleet.Core.Access;

namespace Fleet.Contracts.Storage;

/// <summary>What <see cref="IAuditStore"/> promises.</summary>
public abstract class AuditStoreContract
{
    protected abstract IAuditStore Store { get; }

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Entries_have_places_without_gaps_and_hashes_that_fit()
    {
        (await Store.HeadAsync(None)).ShouldBeNull();
        for (var number = 1; number <= 5; number++)
        {
            (await Store.AppendAsync(Entry(number), None)).Sequence.ShouldBe(number);
        }

        var entries = await Store.EntriesAsync(0, 100, None);
        entries.Select(entry => entry.Action).ShouldBe(["change 1", "change 2", "change 3", "change 4", "change 5"]);
        AuditChain.Verify(entries, AuditChain.Root).ShouldBeNull();
        (await Store.HeadAsync(None)).ShouldBe(entries[^1]);
        (await Store.EntriesAsync(2, 2, None)).Select(entry => entry.Sequence).ShouldBe([3, 4]);
    }

    [Fact]
    public async Task Several_at_once_each_get_a_place_of_their_own()
    {
        await Task.WhenAll(Enumerable.Range(1, 40).Select(number => Task.Run(() => Store.AppendAsync(Entry(number), None))));

        var entries = await Store.EntriesAsync(0, 100, None);
        entries.Select(entry => entry.Sequence).ShouldBe(Enumerable.Range(1, 40).Select(number => (long)number));
        AuditChain.Verify(entries, AuditChain.Root).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_old_is_cut_off_and_the_rest_verifies_by_the_entry_that_tells_of_it()
    {
        for (var number = 1; number <= 6; number++)
        {
            await Store.AppendAsync(Entry(number), None);
        }

        (await Store.CutAsync(Runs.Noon, Runs.Noon, 100, None)).ShouldBeNull("none is old enough");
        var third = (await Store.EntriesAsync(2, 1, None)).Single();
        var cut = (await Store.CutAsync(Runs.Noon.AddSeconds(4), Runs.Noon.AddDays(1), 100, None)).ShouldNotBeNull();

        AuditCut.Of(cut).ShouldBe(new AuditCut(3, third.Hash));
        (await Store.EntriesAsync(0, 100, None)).Select(entry => entry.Sequence).ShouldBe([4, 5, 6, 7]);
        (await VerifyAsync(1)).ShouldBeNull();
        (await VerifyAsync(100)).ShouldBeNull();
        (await Store.AppendAsync(Entry(8), None)).Sequence.ShouldBe(8);
        (await Store.CutAsync(Runs.Noon.AddDays(2), Runs.Noon.AddDays(3), 2, None)).ShouldNotBeNull("the next two");
        (await Store.EntriesAsync(0, 100, None))[0].Sequence.ShouldBe(6);
        (await VerifyAsync(2)).ShouldBeNull();
    }

    [Fact]
    public async Task The_head_is_never_cut_off_and_one_that_is_younger_shields_those_behind_it()
    {
        (await Store.CutAsync(Runs.Noon.AddDays(1), Runs.Noon.AddDays(1), 100, None)).ShouldBeNull("there is nothing");
        await Store.AppendAsync(Entry(1), None);
        (await Store.CutAsync(Runs.Noon.AddDays(1), Runs.Noon.AddDays(1), 100, None)).ShouldBeNull("it is the head");
        await Store.AppendAsync(Entry(2) with { At = Runs.Noon.AddDays(5) }, None);
        await Store.AppendAsync(Entry(3), None);

        await Store.CutAsync(Runs.Noon.AddDays(1), Runs.Noon.AddDays(6), 100, None);

        (await Store.EntriesAsync(0, 100, None)).Select(entry => entry.Sequence).ShouldBe([2, 3, 4]);
    }

    private async Task<string?> VerifyAsync(int page)
    {
        var verifier = new AuditVerifier();
        while (await Store.EntriesAsync(verifier.Last, page, None) is { Count: > 0 } entries)
        {
            if (verifier.Add(entries) is { } broken)
            {
                return broken;
            }
        }

        return verifier.Close();
    }

    private static AuditEntry Entry(int number) => new()
    {
        At = Runs.Noon.AddSeconds(number),
        Caller = "key ci (0123456789ab)",
        Source = "10.0.0.7",
        Action = $"change {number}",
        Outcome = "200",
        Before = number == 1 ? null : $"{number - 1}",
        After = $"{number}",
    };
}
