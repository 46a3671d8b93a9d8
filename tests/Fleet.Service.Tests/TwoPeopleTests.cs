using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests;

/// <summary>Where a cluster asks for two people, who started a run does not approve it, by whatever way the run came to be.</summary>
public abstract class TwoPeopleTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : TwoPeopleTests(Engine.Sqlite);

    public sealed class OnPostgres() : TwoPeopleTests(Engine.Postgres);

    private ServedFleet _fleet = null!;
    private (string Name, string Value) _ada;
    private (string Name, string Value) _ben;

    public async Task InitializeAsync()
    {
        _fleet = await ServedFleet.StartAsync(engine, signIn: true);
        _ada = ("Authorization", await _fleet.KeyOfAsync("ada", new Grant(Role.Operator, []), new Grant(Role.Approver, [])));
        _ben = ("Authorization", await _fleet.KeyOfAsync("ben", new Grant(Role.Operator, []), new Grant(Role.Approver, [])));
        await DeclareAsync(twoPeople: true);
    }

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task Who_started_a_run_is_refused_and_somebody_else_is_not()
    {
        var (path, starter) = await StoppedAsync(ServedFleet.Order(), _ada);

        var refused = await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, _ada);
        (refused.Status, refused.Code).ShouldBe((403, "two-people"));
        refused.Detail.ShouldContain($"was started by {starter}");
        ((string?)(await _fleet.GetAsync(path)).Json["request"]).ShouldBeNull();
        (await _fleet.Store.EntriesAsync(0, 100, CancellationToken.None))[^1].Outcome.ShouldBe("403 two-people");

        (await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, _ben)).Status.ShouldBe(202);
        ((string?)(await _fleet.GetAsync($"{path}?wait=2m")).Json["phase"]).ShouldBe("succeeded");
    }

    [Fact]
    public async Task Declaring_the_cluster_anew_opens_no_gate_of_a_run_that_was_ordered_before()
    {
        var (path, _) = await StoppedAsync(ServedFleet.Order(), _ada);
        await DeclareAsync(twoPeople: false);

        (await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, _ada)).Code.ShouldBe("two-people");
    }

    [Fact]
    public async Task Who_supersedes_anothers_run_is_the_one_who_started_the_new_one()
    {
        await StoppedAsync(ServedFleet.Order(), _ada);
        var order = ServedFleet.Order();
        order["whenUnderWay"] = "supersede";
        var (path, _) = await StoppedAsync(order, _ben);

        (await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, _ben)).Code.ShouldBe("two-people");
        (await _fleet.SendAsync(HttpMethod.Post, $"{path}/approve", null, _ada)).Status.ShouldBe(202);
    }

    [Fact]
    public async Task Who_fires_a_schedule_at_once_is_the_person_behind_its_run()
    {
        var pool = ServedFleet.Pool();
        (pool["spec"]!["approval"], pool["spec"]!["image"]) = ("beforeStart", new JsonObject { ["id"] = ServedFleet.New });
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", pool)).Status.ShouldBe(200);
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/schedules/nightly", ServedFleet.Schedule())).Status.ShouldBe(201);
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/schedules/nightly/run-now", null, _ada)).Status.ShouldBe(202);
        await _fleet.UntilAsync("/v1/runs?startedBy=schedule/nightly&phase=stopped", page => page["items"]!.AsArray().Count == 1);
        var run = (await _fleet.GetAsync("/v1/runs?startedBy=schedule/nightly")).Json["items"]![0]!;

        ((string?)run["person"]).ShouldBe("ada");
        (await _fleet.SendAsync(HttpMethod.Post, $"/v1/runs/{run["id"]}/approve", null, _ada)).Code.ShouldBe("two-people");
        (await _fleet.SendAsync(HttpMethod.Post, $"/v1/runs/{run["id"]}/approve", null, _ben)).Status.ShouldBe(202);
    }

    [Fact]
    public async Task A_key_of_an_order_is_apart_from_another_callers()
    {
        var (key, order) = (("Idempotency-Key", "nightly"), ServedFleet.Order());
        var first = (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", order, _ada, key)).Json;
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", order, _ben, key)).Code.ShouldBe("run-under-way", "the run of another caller is not the answer to this one's order");
        order["whenUnderWay"] = "queue";
        var second = (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", order, _ben, key)).Json;

        ((string?)second["id"]).ShouldNotBe((string?)first["id"]);
        ((string?)(await _fleet.GetAsync("/v1/runs/nightly", _ada)).Json["id"]).ShouldBe((string?)first["id"]);
        ((string?)(await _fleet.GetAsync("/v1/runs/nightly", _ben)).Json["id"]).ShouldBe((string?)second["id"]);
        (await _fleet.GetAsync("/v1/runs/nightly")).Code.ShouldBe("ambiguous-key");
        (await _fleet.GetAsync($"/v1/runs?startedBy={Uri.EscapeDataString((string)second["startedBy"]!)}")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    private async Task<(string Path, string Starter)> StoppedAsync(JsonObject order, (string, string) caller)
    {
        var run = (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", order, caller)).Json;
        ((string?)run["phase"]).ShouldBe("stopped", run.ToJsonString());
        return ($"/v1/runs/{run["id"]}", (string)run["startedBy"]!);
    }

    private async Task DeclareAsync(bool twoPeople)
    {
        var (cluster, pool) = (_fleet.Cluster(), ServedFleet.Pool());
        cluster["spec"]!["approvals"] = new JsonObject { ["twoPeople"] = twoPeople };
        pool["spec"]!["approval"] = "beforeStart";
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", cluster)).Status.ShouldBeOneOf(200, 201);
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", pool)).Status.ShouldBeOneOf(200, 201);
    }
}
