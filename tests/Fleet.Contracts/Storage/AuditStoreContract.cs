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
