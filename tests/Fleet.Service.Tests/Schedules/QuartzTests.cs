using System.Text.Json.Nodes;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Schedules;

/// <summary>Whatever becomes of Quartz's tables, schedules fire: each time once, in order.</summary>
public sealed class QuartzTests : IAsyncLifetime
{
    private const string Path = "/v1/schedules/nightly";

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync()
    {
        _fleet = await ServedFleet.StartAsync(Engine.Postgres);
        await _fleet.DeclareAsync();
        var pool = ServedFleet.Pool();
        pool["spec"]!["image"] = new JsonObject { ["id"] = ServedFleet.New };
        await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", pool);
        var schedule = ServedFleet.Schedule("*/10 * * * *");
        schedule["spec"]!["newImage"] = false;
        (await _fleet.SendAsync(HttpMethod.Put, Path, schedule)).Status.ShouldBe(201);
    }

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task A_table_that_is_gone_stops_no_schedule_and_when_it_is_back_Quartz_goes_on()
    {
        await FiredAsync(1);

        _fleet.Database.Execute("ALTER TABLE qrtz_triggers RENAME TO gone");
        await FiredAsync(2);
        _fleet.Database.Execute("ALTER TABLE gone RENAME TO qrtz_triggers");
        await FiredAsync(2);

        var times = (await RecentAsync()).Select(firing => (DateTimeOffset)firing!["due"]!).ToList();
        times.ShouldBe(times.OrderDescending());
        times.ShouldBeUnique();
    }

    [Fact]
    public async Task Tables_that_were_emptied_are_filled_again()
    {
        await FiredAsync(1);

        _fleet.Database.Execute("TRUNCATE qrtz_job_details, qrtz_triggers, qrtz_simple_triggers, qrtz_fired_triggers, qrtz_scheduler_state CASCADE");
        await FiredAsync(2);

        // Fails where no row is there.
        _fleet.Database.Execute("SELECT 1 / COUNT(*) FROM qrtz_triggers WHERE trigger_name = 'nightly'");
    }

    /// <summary>Waits for so many times more.</summary>
    private async Task FiredAsync(int more)
    {
        var newest = await NewestAsync();
        for (var seen = 0; seen < more; seen++)
        {
            await _fleet.UntilAsync(Path, document => Newest(document["status"]!["recent"]!.AsArray()) != newest);
            newest = await NewestAsync();
        }
    }

    private async Task<string?> NewestAsync() => Newest(await RecentAsync());

    private async Task<JsonArray> RecentAsync() => (await _fleet.GetAsync(Path)).Json["status"]!["recent"]!.AsArray();

    private static string? Newest(JsonArray recent) => (string?)recent.FirstOrDefault()?["due"];
}
