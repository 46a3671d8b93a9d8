using Fleet.Service.Tests.Databases;
using Fleet.Simulation.Calls;

namespace Fleet.Service.Tests.Watching;

/// <summary>What a scrape tells, held to what the world saw. The process has one set of counters, so that nothing else runs beside.</summary>
[Collection(nameof(Alone))]
public abstract class MetricsTests(Engine engine)
{
    public sealed class OnSqlite() : MetricsTests(Engine.Sqlite);

    public sealed class OnPostgres() : MetricsTests(Engine.Postgres);

    [Fact]
    public async Task A_rotation_is_counted_as_the_world_saw_it()
    {
        await using var fleet = await ServedFleet.StartAsync(engine);
        await fleet.DeclareAsync();
        var before = await Scrape.OfAsync(fleet);

        var run = await fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", ServedFleet.Order());

        ((string?)run.Json["phase"]).ShouldBe("succeeded", run.Body);
        var after = await Scrape.OfAsync(fleet);
        double Grown(string name, params string[] labels) => after.Sum(name, labels) - before.Sum(name, labels);
        Grown("fleet_nodes_replaced_total", "cluster=\"site\"", "pool=\"workers\"").ShouldBe(2);
        Grown("fleet_drain_duration_seconds_count").ShouldBe(2);
        Grown("fleet_settle_duration_seconds_count").ShouldBe(2);
        Grown("fleet_join_duration_seconds_count").ShouldBe(2);
        Grown("fleet_runs_ended_total", "phase=\"succeeded\"").ShouldBe(1);
        Grown("fleet_round_duration_seconds_count").ShouldBeGreaterThan(3);
        lock (fleet.Sandbox.World.Gate)
        {
            var calls = fleet.Sandbox.World.Log.Records;
            Grown("fleet_evictions_total", "outcome=\"accepted\"").ShouldBe(calls.Count(call => call is { Verb: "create pods/eviction", Answer: 200 or 201 }));
            Grown("fleet_aws_calls_total", "service=\"autoscaling\"", "verb=\"TerminateInstanceInAutoScalingGroup\"", "outcome=\"ok\"").ShouldBe(2);
            foreach (var verb in calls.Where(call => call.Api == Api.Aws).GroupBy(call => call.Verb))
            {
                Grown("fleet_aws_calls_total", $"verb=\"{verb.Key}\"").ShouldBe(verb.Count(), verb.Key);
            }

            foreach (var verb in calls.Where(call => call.Api == Api.Kubernetes && call.Writes).GroupBy(call => call.Verb))
            {
                var (name, resource) = (verb.Key.Split(' ')[0], verb.Key.Split(' ')[1]);
                Grown("fleet_kubernetes_calls_total", $"verb=\"{name}\"", $"resource=\"{resource}\"").ShouldBe(verb.Count(), verb.Key);
            }
        }
    }

    [Fact]
    public async Task Throttles_that_the_client_overcame_are_counted()
    {
        await using var fleet = await ServedFleet.StartAsync(engine);
        await fleet.DeclareAsync();
        var before = await Scrape.OfAsync(fleet);
        lock (fleet.Sandbox.World.Gate)
        {
            fleet.Sandbox.World.Faults.Next("DescribeAutoScalingGroups", WorldFaultKind.Throttled, 2);
        }

        (await fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", ServedFleet.Order())).Status.ShouldBe(200);

        var after = await Scrape.OfAsync(fleet);
        string[] labels = ["service=\"autoscaling\"", "verb=\"DescribeAutoScalingGroups\"", "outcome=\"throttled\""];
        (after.Sum("fleet_aws_calls_total", labels) - before.Sum("fleet_aws_calls_total", labels)).ShouldBe(2);
    }

    [Fact]
    public async Task What_stands_under_way_is_told_with_its_age()
    {
        await using var fleet = await ServedFleet.StartAsync(engine, speed: 1);
        await fleet.DeclareAsync();
        var run = (await fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order())).Location!;
        await fleet.UntilAsync(run, document => document["undo"]!.AsArray().Count > 0 && document["driver"] is not null);

        var scrape = await Scrape.OfAsync(fleet);

        var label = $"run=\"{run.Split('/')[^1]}\"";
        scrape.Sum("fleet_ledger_open", label).ShouldBeGreaterThan(0);
        scrape.Series("fleet_ledger_oldest_age_seconds", label).ShouldHaveSingleItem();
        scrape.Series("fleet_run_progress_age_seconds", label).ShouldHaveSingleItem();
        scrape.Sum("fleet_runs", "cluster=\"site\"").ShouldBe(1);
        scrape.Sum("fleet_runs_undriven").ShouldBe(0);
        scrape.Sum("fleet_replica_runs").ShouldBe(1);
        scrape.Sum("fleet_replica_ready").ShouldBe(1);
        scrape.Sum("fleet_database_up").ShouldBe(1);
    }

    [Fact]
    public async Task A_scrape_is_one_that_Prometheus_takes_and_names_no_node_and_no_pod()
    {
        await using var fleet = await ServedFleet.StartAsync(engine);
        await fleet.DeclareAsync();
        await fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", ServedFleet.Order());

        var scrape = await Scrape.OfAsync(fleet);

        var (exit, output) = await Promtool.RunAsync(string.Join('\n', scrape.Text.Split('\n').Where(line => line.Contains("fleet_", StringComparison.Ordinal))) + "\n", "check", "metrics");
        (exit, output).ShouldBe((0, ""));
        (exit, output) = await Promtool.RunAsync(scrape.Text, "check", "metrics");
        exit.ShouldNotBe(1, output);
        scrape.Text.ShouldNotContain("i-0");
        scrape.Text.ShouldNotContain("web-");
    }
}
