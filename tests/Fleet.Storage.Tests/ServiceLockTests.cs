using System.Runtime.Versioning;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class ServiceLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public ServiceLockTests() => _store = new SqliteStore(Path);

    private string Path => _folder.File("fleet.db");

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_file_has_one_service()
    {
        using var held = _store.HoldForService();
        using var second = new SqliteStore(Path);

        var refusal = Should.Throw<StateFileException>(second.HoldForService);

        refusal.Message.ShouldContain(Path);
        refusal.Message.ShouldContain("another fleet serve");
    }

    [Fact]
    public void The_next_one_takes_it_when_the_first_is_gone()
    {
        _store.HoldForService().Dispose();

        Should.NotThrow(() => _store.HoldForService().Dispose());
    }

    [Fact]
    public void A_link_to_the_file_is_the_file()
    {
        var link = _folder.File("link.db");
        File.CreateSymbolicLink(link, Path);
        using var held = _store.HoldForService();

        Should.Throw<StateFileException>(() => ServiceLock.Take(link));
    }

    [Fact]
    public async Task Commands_read_and_leave_requests_beside_the_service()
    {
        using var held = _store.HoldForService();
        using var command = new SqliteStore(Path);
        await TestRuns.RoundAsync(_store);

        await command.RequestAsync(TestRuns.Id, RunRequest.Pause, CancellationToken.None);

        (await _store.GetAsync(TestRuns.Id, CancellationToken.None))!.Request.ShouldBe(RunRequest.Pause);
    }

    [Fact]
    public void Its_file_is_readable_by_its_owner_only()
    {
        using var held = _store.HoldForService();

        File.GetUnixFileMode($"{Path}.service").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_file_that_does_not_exist_has_no_lock() =>
        Should.Throw<StateFileException>(() => ServiceLock.Take(_folder.File("missing/fleet.db"))).Message.ShouldContain("cannot be made");
}
