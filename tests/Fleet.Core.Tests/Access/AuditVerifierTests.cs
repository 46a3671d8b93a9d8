using Fleet.Core.Access;

namespace Fleet.Core.Tests.Access;

/// <summary>What an owner of the database may try with a log whose beginning retention removed.</summary>
public sealed class AuditVerifierTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_log_that_retention_cut_is_whole_and_says_from_where()
    {
        var verifier = new AuditVerifier();
        verifier.Add(Cut()).ShouldBeNull();
        verifier.Close().ShouldBeNull();
        (verifier.Count, verifier.Last, verifier.Cut!.Through).ShouldBe((3, 6, 3));
    }

    [Fact]
    public void More_may_not_be_gone_than_the_log_tells_of() => Broken([.. Cut().Skip(1)]).ShouldContain("no entry tells of the removal");

    [Fact]
    public void Without_the_entry_that_tells_of_it_a_beginning_is_missing() => Broken([.. Cut().Take(2)]).ShouldContain("begins with entry 4");

    [Fact]
    public void The_first_that_is_left_may_not_be_changed()
    {
        var entries = Cut();
        entries[0] = entries[0] with { Caller = "mallory" };
        Broken(entries).ShouldContain("entry 4");
    }

    [Fact]
    public void The_hash_that_the_first_is_chained_to_may_not_be_changed()
    {
        var entries = Cut();
        entries[2] = entries[2] with { After = entries[2].After!.Replace("\"hash\":\"", "\"hash\":\"0", StringComparison.Ordinal) };
        Broken(entries).ShouldContain("entry 6");
    }

    [Fact]
    public void A_whole_log_needs_no_such_entry()
    {
        var verifier = new AuditVerifier();
        foreach (var entry in Chain())
        {
            verifier.Add([entry]).ShouldBeNull();
        }

        verifier.Close().ShouldBeNull();
        verifier.Cut.ShouldBeNull();
        new AuditVerifier().Close().ShouldBeNull("an empty log is whole");
    }

    [Fact]
    public void A_first_entry_that_was_changed_shows_in_a_whole_log_too()
    {
        var entries = Chain();
        entries[0] = entries[0] with { Outcome = "200" };
        Broken(entries).ShouldContain("entry 1");
    }

    private static string Broken(IReadOnlyList<AuditEntry> entries)
    {
        var verifier = new AuditVerifier();
        return (verifier.Add(entries) ?? verifier.Close()).ShouldNotBeNull();
    }

    /// <summary>Entries 4 to 6, of which the last tells that 1 to 3 were removed.</summary>
    private static List<AuditEntry> Cut()
    {
        var entries = Chain();
        entries.Add(AuditChain.Append(AuditCut.Entry(3, entries[2].Hash, 3, Noon), 6, entries[4].Hash));
        return [.. entries.Skip(3)];
    }

    private static List<AuditEntry> Chain()
    {
        var entries = new List<AuditEntry>();
        for (var number = 1; number <= 5; number++)
        {
            var entry = new AuditEntry { At = Noon.AddSeconds(number), Caller = "ada", Source = "10.0.0.7", Action = $"change {number}", Outcome = "201" };
            entries.Add(AuditChain.Append(entry, number, entries.Count == 0 ? AuditChain.Root : entries[^1].Hash));
        }

        return entries;
    }
}
