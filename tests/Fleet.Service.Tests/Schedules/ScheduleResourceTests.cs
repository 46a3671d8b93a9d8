using System.Text.Json.Nodes;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Schedules;

/// <summary>Declared schedules over the API.</summary>
public abstract class ScheduleResourceTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : ScheduleResourceTests(Engine.Sqlite);

    public sealed class OnPostgres() : ScheduleResourceTests(Engine.Postgres);

    private const string Path = "/v1/schedules/nightly";

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync()
    {
        _fleet = await ServedFleet.StartAsync(engine, speed: 1);
        await _fleet.DeclareAsync();
    }

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task A_schedule_is_read_as_it_was_put_with_its_next_times()
    {
        (await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Schedule())).Status.ShouldBe(201);

        var read = await _fleet.GetAsync(Path);

        JsonNode.DeepEquals(read.Json["spec"], ServedFleet.Schedule()["spec"]).ShouldBeTrue(read.Body);
        var next = read.Json["status"]!["next"]!.AsArray().Select(time => TimeZoneInfo.ConvertTime((DateTimeOffset)time!, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"))).ToList();
        next.Count.ShouldBe(3);
        next.ShouldAllBe(time => time.DayOfWeek == DayOfWeek.Tuesday && time.Day >= 8 && time.Day <= 14 && time.Hour == 2);
        (await _fleet.GetAsync("/v1/schedules")).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await _fleet.SendAsync(HttpMethod.Delete, Path)).Status.ShouldBe(204);
        (await _fleet.GetAsync(Path)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_write_by_who_has_seen_another_state_is_refused()
    {
        await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Schedule());
        var seen = (await _fleet.GetAsync(Path)).Tag!;

        (await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Schedule("0 3 * * *"), ("If-Match", seen))).Status.ShouldBe(200);
        (await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Schedule("0 4 * * *"), ("If-Match", seen))).Code.ShouldBe("changed");
        (await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Schedule("0 4 * * *"), ("If-None-Match", "*"))).Code.ShouldBe("exists");
        (await _fleet.SendAsync(HttpMethod.Delete, Path, null, ("If-Match", seen))).Code.ShouldBe("changed");
    }

    [Fact]
    public async Task What_cannot_work_is_refused_with_every_error()
    {
        var wrong = ServedFleet.Schedule("0 0 30 FEB *");
        wrong["spec"]!["timeZone"] = "Europe/Atlantis";
        wrong["spec"]!["pools"] = new JsonArray("worker");
        wrong["spec"]!["olderThan"] = "10m";
        wrong["spec"]!["crom"] = "x";

        var refused = await _fleet.SendAsync(HttpMethod.Put, Path, wrong);

        (refused.Status, refused.Code).ShouldBe((400, "invalid"));
        refused.Fields.ShouldBe(["spec.cron", "spec.timeZone", "spec.pools", "spec.olderThan", "spec.crom"], ignoreOrder: true);
        refused.Body.ShouldContain("never fires");
        refused.Body.ShouldContain("did you mean workers?");
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/schedules/other", ServedFleet.Schedule())).Fields.ShouldBe(["metadata.name"]);
        (await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Pool())).Fields.ShouldBe(["kind"]);
    }

    [Fact]
    public async Task What_a_schedule_needs_is_not_deleted()
    {
        await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Schedule());

        (await _fleet.SendAsync(HttpMethod.Delete, "/v1/clusters/site/pools/workers")).Code.ShouldBe("conflict");
        (await _fleet.SendAsync(HttpMethod.Delete, "/v1/clusters/site")).Code.ShouldBe("has-schedules");
    }
}
