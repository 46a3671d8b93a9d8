using Fleet.Core.Access;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Settings;
using Fleet.Service.Retention;
using Fleet.Service.Tests.SignIn;
using Fleet.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleet.Service.Tests.Retention;

/// <summary>What is removed when, with a clock that is set.</summary>
public sealed class RetentionTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-retention-");
    private readonly SqliteStore _store;

    public RetentionTests() => _store = new SqliteStore(Path.Combine(_folder.FullName, "fleet.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_audit_log_is_cut_once_it_is_a_day_older_than_settled_and_verifies_whoever_sweeps()
    {
        for (var day = 0; day < 10; day++)
        {
            await _store.AppendAsync(new AuditEntry { At = Noon.AddDays(day), Caller = "ada", Source = "10.0.0.7", Action = $"day {day}", Outcome = "200" }, CancellationToken.None);
        }

        await SweepAsync(Noon.AddDays(5).AddHours(23));
        (await EntriesAsync()).Count.ShouldBe(10, "the oldest is not a day above five days yet");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SweepAsync(Noon.AddDays(9)))));

        var entries = await EntriesAsync();
        entries.Select(entry => entry.Action).ShouldBe(["day 4", "day 5", "day 6", "day 7", "day 8", "day 9", "retention"], "of replicas that sweep at once one cuts");
        var verifier = new AuditVerifier();
        verifier.Add(entries).ShouldBeNull();
        verifier.Close().ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_setting_everything_is_kept()
    {
        await _store.AppendAsync(new AuditEntry { At = Noon, Caller = "ada", Source = "local", Action = "first", Outcome = "200" }, CancellationToken.None);
        await _store.AppendAsync(new AuditEntry { At = Noon, Caller = "ada", Source = "local", Action = "second", Outcome = "200" }, CancellationToken.None);
        await SweepAsync(Noon.AddYears(20), new ServiceSettings());
        (await EntriesAsync()).Count.ShouldBe(2);
    }

    private Task<IReadOnlyList<AuditEntry>> EntriesAsync() => _store.EntriesAsync(0, 100, CancellationToken.None);

    private async Task SweepAsync(DateTimeOffset now, ServiceSettings? settings = null)
    {
        var clock = new SetClock(now);
        var options = new ServiceOptions
        {
            Runs = _store,
            Inventory = _store,
            Schedules = _store,
            Keys = _store,
            News = _store,
            Audit = _store,
            Connections = new ConnectionOptions { Policy = clock, Wall = clock },
            Owner = "one",
            Settings = settings ?? new ServiceSettings { AuditRetention = TimeSpan.FromDays(5), JournalRetention = TimeSpan.FromDays(5) },
        };
        await new RetentionSweep(options, NullLogger.Instance).SweepAsync(CancellationToken.None);
    }
}
