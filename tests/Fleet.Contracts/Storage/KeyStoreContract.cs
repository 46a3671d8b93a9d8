using Fleet.Core.Access;

namespace Fleet.Contracts.Storage;

/// <summary>What <see cref="IKeyStore"/> promises.</summary>
public abstract class KeyStoreContract
{
    private static readonly ApiKey Key = new()
    {
        Id = "0123456789ab",
        Name = "ci of prod",
        Person = "https://issuer.example ada",
        Hash = "77",
        Grants = [new Grant(Role.Operator, ["prod", "test"]), new Grant(Role.Viewer, [])],
        Created = Runs.Noon,
        Expires = Runs.Noon.AddDays(90),
    };

    protected abstract IKeyStore Store { get; }

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task A_key_is_read_back_as_it_was_stored()
    {
        await Store.AddAsync(Key, None);

        var stored = (await Store.FindAsync(Key.Id, None)).ShouldNotBeNull();
        stored.Grants.Select(grant => $"{grant}").ShouldBe(["operator:prod, operator:test", "viewer"]);
        (stored with { Grants = Key.Grants }).ShouldBe(Key);
        (await Store.FindAsync("ba9876543210", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_second_key_of_an_id_is_refused_and_changes_nothing()
    {
        await Store.AddAsync(Key, None);
        await Should.ThrowAsync<InvalidOperationException>(() => Store.AddAsync(Key with { Hash = "88" }, None));
        (await Store.FindAsync(Key.Id, None))!.Hash.ShouldBe("77");
    }

    [Fact]
    public async Task Keys_are_listed_the_oldest_first()
    {
        await Store.AddAsync(Key with { Id = "000000000001", Created = Runs.Noon.AddHours(1) }, None);
        await Store.AddAsync(Key, None);
        (await Store.KeysAsync(None)).Select(key => key.Id).ShouldBe([Key.Id, "000000000001"]);
    }

    [Fact]
    public async Task Whose_a_key_is_is_said_once_and_never_changes()
    {
        await Store.AddAsync(Key with { Person = null }, None);
        (await Store.AssignAsync(Key.Id, "ada", None))!.Person.ShouldBe("ada");
        (await Store.AssignAsync(Key.Id, "ben", None))!.Person.ShouldBe("ada");
        (await Store.FindAsync(Key.Id, None))!.Person.ShouldBe("ada");
        (await Store.AssignAsync("ba9876543210", "ada", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_that_is_taken_back_keeps_the_first_time()
    {
        await Store.AddAsync(Key, None);
        (await Store.RevokeAsync(Key.Id, Runs.Noon.AddDays(1), None)).ShouldBeTrue();
        (await Store.RevokeAsync(Key.Id, Runs.Noon.AddDays(2), None)).ShouldBeTrue();
        (await Store.RevokeAsync("ba9876543210", Runs.Noon, None)).ShouldBeFalse();
        (await Store.FindAsync(Key.Id, None))!.Revoked.ShouldBe(Runs.Noon.AddDays(1));
    }
}
