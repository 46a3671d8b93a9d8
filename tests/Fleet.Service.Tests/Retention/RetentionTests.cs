using Fleet.Core.Access;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Settings;
using Fleet.Service.Retention;
using Fleet.Service.Tests.Databases;
using Fleet.Service.Tests.SignIn;
using Fleet.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleet.Service.Tests.Retention;

/// <summary>What is removed when, with a clock that is set.</summary>
public abstract class RetentionTests(Engine engine) : IDisposable
{
    public sealed class OnSqlite() : RetentionTests(Engine.Sqlite);

    public sealed class OnPostgres() : RetentionTests(Engine.Postgres);

    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database = TestDatabase.On(engine);

    private SqlStore Store => _database.Store;

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_audit_log_is_cut_once_it_is_a_day_older_than_settled_and_verifies_whoever_sweeps()
    {
        for (var day = 0; day < 10; day++)
        {
            await Store.AppendAsync(new AuditEntry { At = Noon.AddDays(day), Caller = "ada", Source = "10.0.0.7", Action = $"day {day}", Outcome = "200" }, CancellationToken.None);
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
        await Store.AppendAsync(new AuditEntry { At = Noon, Caller = "ada", Source = "local", Action = "first", Outcome = "200" }, CancellationToken.None);
        await Store.AppendAsync(new AuditEntry { At = Noon, Caller = "ada", Source = "local", Action = "second", Outcome = "200" }, CancellationToken.None);
        await SweepAsync(Noon.AddYears(20), new ServiceSettings());
        (await EntriesAsync()).Count.ShouldBe(2);
    }

    private Task<IReadOnlyList<AuditEntry>> EntriesAsync() => Store.EntriesAsync(0, 100, CancellationToken.None);

    private async Task SweepAsync(DateTimeOffset now, ServiceSettings? settings = null)
    {
        var clock = new SetClock(now);
        var options = new ServiceOptions
        {
            Runs = Store,
            Inventory = Store,
            Schedules = Store,
            Images = Store,
            Keys = Store,
            News = Store,
            Audit = Store,
            Connections = new ConnectionOptions { Policy = clock, Wall = clock },
            Owner = "one",
            Settings = settings ?? new ServiceSettings { AuditRetention = TimeSpan.FromDays(5), JournalRetention = TimeSpan.FromDays(5) },
        };
        await new RetentionSweep(options, NullLogger.Instance).SweepAsync(CancellationToken.None);
    }
}
