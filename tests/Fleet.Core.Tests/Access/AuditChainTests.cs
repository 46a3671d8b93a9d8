using System.Collections.Immutable;
using Fleet.Core.Access;

namespace Fleet.Core.Tests.Access;

public class AuditChainTests
{
    private static readonly ImmutableArray<AuditEntry> Sound = Chain(8);

    public static TheoryData<string, Func<AuditEntry, AuditEntry>> Changes => new()
    {
        { "time", entry => entry with { At = entry.At.AddMilliseconds(1) } },
        { "caller", entry => entry with { Caller = "ada" } },
        { "source", entry => entry with { Source = "10.0.0.8" } },
        { "action", entry => entry with { Action = "GET /" } },
        { "outcome", entry => entry with { Outcome = "201" } },
        { "before", entry => entry with { Before = "" } },
        { "after", entry => entry with { After = null } },
        { "border between fields", entry => entry with { Caller = entry.Caller + entry.Source[..1], Source = entry.Source[1..] } },
        { "hash", entry => entry with { Hash = AuditChain.Root } },
    };

    [Fact]
    public void A_sound_chain_is_sound_from_any_place()
    {
        AuditChain.Verify(Sound, AuditChain.Root).ShouldBeNull();
        AuditChain.Verify(Sound.Skip(3), Sound[2].Hash).ShouldBeNull();
        AuditChain.Verify([], AuditChain.Root).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_anywhere_is_found_where_it_is(string what, Func<AuditEntry, AuditEntry> change)
    {
        for (var place = 0; place < Sound.Length; place++)
        {
            AuditChain.Verify(Sound.SetItem(place, change(Sound[place])), AuditChain.Root).ShouldNotBeNull(what).ShouldContain($"entry {place + 1} ");
        }
    }

    [Fact]
    public void A_dropped_entry_is_found_and_so_is_one_that_was_put_in()
    {
        AuditChain.Verify(Sound.RemoveAt(3), AuditChain.Root).ShouldNotBeNull().ShouldContain("after entry 3 comes entry 5");
        AuditChain.Verify(Sound.RemoveAt(0), AuditChain.Root).ShouldNotBeNull();
        AuditChain.Verify(Sound.Insert(3, Sound[3]), AuditChain.Root).ShouldNotBeNull();
    }

    /// <summary>Whoever rewrites the whole chain gets another head, which was told elsewhere.</summary>
    [Fact]
    public void A_rewritten_chain_has_another_head()
    {
        var rewritten = AuditChain.Append(Sound[^1] with { Caller = "ada" }, Sound[^1].Sequence, Sound[^2].Hash);
        rewritten.Hash.ShouldNotBe(Sound[^1].Hash);
    }

    private static ImmutableArray<AuditEntry> Chain(int length)
    {
        var entries = new List<AuditEntry>();
        for (var number = 1; number <= length; number++)
        {
            var entry = new AuditEntry { At = DateTimeOffset.UnixEpoch.AddSeconds(number), Caller = "key ci", Source = "10.0.0.7", Action = "PUT /v1/clusters/prod", Outcome = "200", After = "{}" };
            entries.Add(AuditChain.Append(entry, number, entries.LastOrDefault()?.Hash ?? AuditChain.Root));
        }

        return [.. entries];
    }
}
