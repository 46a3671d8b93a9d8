using System.Runtime.Versioning;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class SqliteFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_and_its_journal_are_readable_by_their_owner_only()
    {
        var path = _folder.File("state/fleet/fleet.db");

        using var store = new SqliteStore(path);

        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldAllBe(file => File.GetUnixFileMode(file) == OwnerOnly);
        File.GetUnixFileMode(Path.GetDirectoryName(path)!).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_file_that_others_may_read_is_narrowed()
    {
        var path = _folder.File("fleet.db");
        new SqliteStore(path).Dispose();
        File.SetUnixFileMode(path, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        new SqliteStore(path).Dispose();

        File.GetUnixFileMode(path).ShouldBe(OwnerOnly);
    }

    [Theory]
    [InlineData("/state", "/home/me", "/state/fleet/fleet.db")]
    [InlineData(null, "/home/me", "/home/me/.local/state/fleet/fleet.db")]
    [InlineData("", "/home/me", "/home/me/.local/state/fleet/fleet.db")]
    [InlineData("relative", "/home/me", "/home/me/.local/state/fleet/fleet.db")]
    public void The_default_path_is_in_the_users_state_folder(string? state, string home, string expected) =>
        StateFile.DefaultPath(name => name switch { "XDG_STATE_HOME" => state, "HOME" => home, _ => null }).ShouldBe(expected);

    [Fact]
    public async Task Two_processes_see_each_others_writes()
    {
        using var driver = new SqliteStore(_folder.File("fleet.db"));
        using var other = new SqliteStore(_folder.File("fleet.db"));
        var run = new Run { Id = "r-1", Kind = "rotation", Cluster = "prod", Spec = "{}", State = "{}", Created = default, Updated = default };
        await driver.CreateAsync(run, CancellationToken.None);

        await other.RequestAsync("r-1", RunRequest.Cancel, CancellationToken.None);

        (await driver.GetAsync("r-1", CancellationToken.None))!.Request.ShouldBe(RunRequest.Cancel);
    }

    [Fact]
    public async Task Writers_at_once_wait_for_one_another_and_lose_nothing()
    {
        var path = _folder.File("fleet.db");
        using var store = new SqliteStore(path);
        var run = new Run { Id = "r-1", Kind = "rotation", Cluster = "prod", Spec = "{}", State = "{}", Created = default, Updated = default };
        await store.CreateAsync(run, CancellationToken.None);
        var lease = await store.AcquireLeaseAsync("r-1", "me", TimeSpan.FromSeconds(15), default, CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            using var mine = new SqliteStore(path);
            for (var line = 0; line < 25; line++)
            {
                await mine.AppendAsync("r-1", lease.Fencing, [new JournalEntry(default, "answer", "i-1", $"{writer}/{line}")], CancellationToken.None);
            }
        })));

        var journal = await store.JournalAsync("r-1", 0, CancellationToken.None);
        journal.Select(entry => entry.Sequence).ShouldBe(Enumerable.Range(1, 100).Select(number => (long)number));
        journal.Select(entry => entry.Message).Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var path = _folder.File("fleet.db");
        File.WriteAllText(path, new string('x', 5000));

        Should.Throw<StateFileException>(() => new SqliteStore(path)).Message.ShouldContain(path);

        File.ReadAllText(path).ShouldBe(new string('x', 5000));
    }
}
