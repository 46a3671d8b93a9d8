using System.Text.Json.Nodes;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Schedules;

/// <summary>Schedules of a served Fleet, on the sandbox's sped-up clock.</summary>
public abstract class ScheduleTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : ScheduleTests(Engine.Sqlite);

    public sealed class OnPostgres() : ScheduleTests(Engine.Postgres);

    private const string Path = "/v1/schedules/nightly";

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync()
    {
        _fleet = await ServedFleet.StartAsync(engine);
        await _fleet.DeclareAsync();
        var pool = ServedFleet.Pool();
        pool["spec"]!["image"] = new JsonObject { ["id"] = ServedFleet.New };
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", pool)).Status.ShouldBe(200);
    }

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task A_time_that_comes_rotates_what_is_outdated_and_the_next_finds_nothing_to_do()
    {
        (await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Schedule("*/10 * * * *"))).Status.ShouldBe(201);

        await _fleet.UntilAsync(Path, document => Ends(document).Contains("done:rotated"));
        await _fleet.UntilAsync(Path, document => Ends(document).First() == "done:nothingToDo");

        var fired = (await _fleet.GetAsync(Path)).Json["status"]!["recent"]!.AsArray().Single(firing => Text(firing!) == "done:rotated")!;
        var run = (await _fleet.GetAsync($"/v1/runs/{fired["pools"]![0]!["run"]}")).Json;
        ((string?)run["phase"]).ShouldBe("succeeded");
        ((string?)run["key"]).ShouldBe($"schedule.nightly.{((DateTimeOffset)fired["due"]!).UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.workers");
        ((string?)run["startedBy"]).ShouldBe("schedule/nightly");
        (await _fleet.GetAsync("/v1/runs")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task It_is_run_at_once_suspended_and_resumed()
    {
        await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Schedule());
        var suspended = await _fleet.SendAsync(HttpMethod.Post, $"{Path}/suspend");
        (suspended.Status, (bool)suspended.Json["status"]!["suspended"]!, suspended.Json["status"]!["next"]!.AsArray().Count).ShouldBe((202, true, 0));
        (await _fleet.GetAsync($"{Path}/next?count=3")).Json["items"]!.AsArray().Count.ShouldBe(3);

        (await _fleet.SendAsync(HttpMethod.Post, $"{Path}/run-now")).Status.ShouldBe(202);
        await _fleet.UntilAsync(Path, document => document["status"]!["open"]?["pools"]!.AsArray().Count == 1);
        var again = await _fleet.SendAsync(HttpMethod.Post, $"{Path}/run-now");
        (again.Status, again.Code).ShouldBe((409, "under-way"));
        await _fleet.UntilAsync(Path, document => Ends(document).Contains("done:rotated"));

        (await _fleet.SendAsync(HttpMethod.Post, $"{Path}/resume")).Status.ShouldBe(202);
        ((bool)(await _fleet.GetAsync(Path)).Json["status"]!["suspended"]!).ShouldBeFalse();
        var declared = ServedFleet.Schedule();
        declared["spec"]!["suspend"] = true;
        await _fleet.SendAsync(HttpMethod.Put, Path, declared);
        (await _fleet.SendAsync(HttpMethod.Post, $"{Path}/resume")).Body.ShouldContain("spec.suspend");
        (await _fleet.GetAsync($"{Path}/next?count=0")).Fields.ShouldBe(["count"]);
    }

    [Fact]
    public async Task What_is_under_way_goes_on_after_a_restart_and_nothing_is_begun_twice()
    {
        await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Schedule());
        await _fleet.SendAsync(HttpMethod.Post, $"{Path}/run-now");
        await _fleet.UntilAsync(Path, document => document["status"]!["open"]?["pools"]!.AsArray().Count == 1);

        await _fleet.RestartAsync();

        await _fleet.UntilAsync(Path, document => Ends(document).Contains("done:rotated"));
        (await _fleet.GetAsync("/v1/runs")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_pool_that_cannot_be_rotated_is_named_with_the_reason()
    {
        await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", ServedFleet.Pool());
        await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Schedule());

        await _fleet.SendAsync(HttpMethod.Post, $"{Path}/run-now");

        await _fleet.UntilAsync(Path, document => Ends(document).Contains("failed:refused"));
        (await _fleet.GetAsync(Path)).Body.ShouldContain("workers: ");
    }

    private static IEnumerable<string> Ends(JsonObject document) => document["status"]!["recent"]!.AsArray().Select(firing => Text(firing!)).DefaultIfEmpty("");

    private static string Text(JsonNode firing) => $"{firing["end"]}:{string.Join(',', firing["pools"]!.AsArray().Select(pool => (string?)pool!["end"]))}";
}
