using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests;

/// <summary>Orders of callers that retry, and of pools that have a run.</summary>
public abstract class OrderTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : OrderTests(Engine.Sqlite);

    public sealed class OnPostgres() : OrderTests(Engine.Postgres);

    private ServedFleet _fleet = null!;

    /// <summary>In a world that runs as fast as life no rotation ends during a test.</summary>
    public async Task InitializeAsync()
    {
        _fleet = await ServedFleet.StartAsync(engine, speed: 1);
        await _fleet.DeclareAsync();
    }

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repeated_order_finds_its_first_run(bool byHeader)
    {
        var order = ServedFleet.Order();
        if (!byHeader)
        {
            order["id"] = "nightly-1";
        }

        var first = await OrderAsync(order, byHeader ? "nightly-1" : null);
        var again = new JsonObject(order.Reverse().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        var second = await OrderAsync(again, byHeader ? "nightly-1" : null);

        (first.Status, second.Status).ShouldBe((201, 200), first.Body);
        (second.Location, (string?)second.Json["key"]).ShouldBe((first.Location, "nightly-1"));
        (await _fleet.GetAsync("/v1/runs/nightly-1")).Json["id"]!.ToString().ShouldBe(first.Json["id"]!.ToString());
        (await _fleet.GetAsync("/v1/runs")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Orders_that_are_sent_at_once_under_one_key_begin_one_run()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OrderAsync(ServedFleet.Order(), "nightly-1")));

        answers.Count(answer => answer.Status == 201).ShouldBe(1, string.Join('\n', answers.Select(answer => answer.Body)));
        answers.Select(answer => answer.Location).Distinct().Count().ShouldBe(1);
        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 201);
    }

    [Fact]
    public async Task A_key_belongs_to_one_order()
    {
        var first = await OrderAsync(ServedFleet.Order(), "nightly-1");
        var other = ServedFleet.Order();
        other["parameters"] = new JsonObject { ["maxSurge"] = 2 };

        var reused = await OrderAsync(other, "nightly-1");

        (reused.Status, reused.Code, (string?)reused.Json["run"]).ShouldBe((422, "key-reused", (string?)first.Json["id"]));
        other["id"] = "nightly-2";
        (await OrderAsync(other, "nightly-1")).Fields.ShouldBe(["Idempotency-Key"]);
        (await OrderAsync(other, new string('k', 201))).Fields.ShouldBe(["Idempotency-Key"]);
    }

    [Fact]
    public async Task A_second_order_of_a_pool_may_wait_and_a_third_may_not()
    {
        var first = await OrderAsync(ServedFleet.Order());
        var refused = await OrderAsync(ServedFleet.Order());
        (refused.Status, (string?)refused.Json["run"], refused.Json["whenUnderWay"]!.ToJsonString()).ShouldBe((409, (string?)first.Json["id"], """["supersede","queue"]"""));

        var queued = await OrderAsync(Waiting("queue"));
        (queued.Status, (string?)queued.Json["phase"], (string?)queued.Json["reasons"]![0]!["code"]).ShouldBe((201, "pending", "queued"), queued.Body);
        var full = await OrderAsync(Waiting("queue"));
        (full.Status, (string?)full.Json["queued"], full.Json["whenUnderWay"]!.ToJsonString()).ShouldBe((409, (string?)queued.Json["id"], """["supersede"]"""));
        ((string?)(await _fleet.GetAsync("/v1/clusters/site/pools/workers")).Json["status"]!["run"]!["id"]).ShouldBe((string?)first.Json["id"]);

        (await _fleet.SendAsync(HttpMethod.Post, $"{queued.Location}/cancel")).Status.ShouldBe(202);
        var ended = await _fleet.GetAsync($"{queued.Location}?wait=1m");
        ((string?)ended.Json["phase"], (long)ended.Json["version"]!).ShouldBe(("cancelled", 1), "it ends while the first goes on");
        ((string?)(await _fleet.GetAsync(first.Location!)).Json["phase"]).ShouldBeOneOf("pending", "running", "waiting");
    }

    [Fact]
    public async Task A_run_that_supersedes_begins_when_the_one_before_is_cancelled()
    {
        var first = await OrderAsync(ServedFleet.Order());

        var second = await OrderAsync(Waiting("supersede"));

        second.Status.ShouldBe(201, second.Body);
        ((string?)(await _fleet.GetAsync($"{first.Location}?wait=2m")).Json["phase"]).ShouldBe("cancelled");
        await _fleet.UntilAsync(second.Location!, run => (long)run["version"]! > 0);
        (await _fleet.GetAsync(second.Location!)).Json["reasons"]!.AsArray().ShouldNotContain(reason => (string?)reason!["code"] == "queued");
    }

    [Fact]
    public async Task A_dry_run_answers_the_plan_and_records_nothing()
    {
        await OrderAsync(ServedFleet.Order());

        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", ServedFleet.Order())).Status.ShouldBe(409);
        var plan = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", Waiting("queue"));

        (plan.Status, (string?)plan.Json["plan"]!["pool"]).ShouldBe((200, "workers"), plan.Body);
        (await _fleet.GetAsync("/v1/runs")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cluster_whose_run_is_under_way_is_not_listed_again_for_others()
    {
        var run = await OrderAsync(ServedFleet.Order());
        await _fleet.UntilAsync(run.Location!, document => (long)document["version"]! > 1);
        var listed = Lists();

        var plans = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", Waiting("queue"))));

        plans.ShouldAllBe(plan => plan.Status == 200);
        (listed > 0, Lists()).ShouldBe((true, listed));
    }

    [Fact]
    public async Task Runs_are_filtered_and_paged()
    {
        foreach (var id in new[] { "r-1", "r-2", "r-3" })
        {
            var now = DateTimeOffset.UnixEpoch;
            await _fleet.Store.ApplyAsync([], [new NodePoolSpec { Cluster = "site", Name = id, Groups = [id] }], CancellationToken.None);
            await _fleet.Store.CreateAsync(new Run { Id = id, Kind = "other", Cluster = "site", Pool = id, Spec = "{}", State = "{}", Created = now, Updated = now }, CancellationToken.None);
        }

        var page = await _fleet.GetAsync("/v1/runs?limit=2");
        (Ids(page), (string?)page.Json["next"]).ShouldBe(("r-3 r-2", "r-2"));
        var next = await _fleet.GetAsync("/v1/runs?limit=2&olderThan=r-2");
        (Ids(next), (string?)next.Json["next"]).ShouldBe(("r-1", null));
        Ids(await _fleet.GetAsync("/v1/runs?cluster=site&pool=r-2&phase=pending,running&kind=other")).ShouldBe("r-2");
        Ids(await _fleet.GetAsync("/v1/runs?phase=failed")).ShouldBe("");
        (await _fleet.GetAsync("/v1/runs?phase=done&limit=0&Cluster=x&state=a")).Fields.ShouldBe(["phase", "limit", "Cluster", "state"], ignoreOrder: true);
    }

    private int Lists()
    {
        lock (_fleet.Sandbox.World.Gate)
        {
            return _fleet.Sandbox.World.Log.Records.Count(call => call.Verb == "list pods");
        }
    }

    private static JsonObject Waiting(string whenUnderWay)
    {
        var order = ServedFleet.Order();
        order["whenUnderWay"] = whenUnderWay;
        return order;
    }

    private static string Ids(Answer page) => string.Join(' ', page.Json["items"]!.AsArray().Select(run => (string)run!["id"]!));

    private Task<Answer> OrderAsync(JsonObject order, string? key = null) =>
        _fleet.SendAsync(HttpMethod.Post, "/v1/runs", order, key is null ? [] : [("Idempotency-Key", key)]);
}
