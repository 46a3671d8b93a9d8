using System.Text.Json.Nodes;
using Fleet.Service.Tests.Databases;
using Fleet.Simulation.Calls;

namespace Fleet.Service.Tests;

/// <summary>What is declared while a run is under way, and runs that wait for a person.</summary>
public abstract class GateTests(Engine engine)
{
    public sealed class OnSqlite() : GateTests(Engine.Sqlite);

    public sealed class OnPostgres() : GateTests(Engine.Postgres);

    [Fact]
    public async Task A_run_waits_for_approval_and_changes_nothing_before_it()
    {
        await using var fleet = await ServedFleet.StartAsync(engine);
        await fleet.DeclareAsync();
        var gated = ServedFleet.Pool();
        gated["spec"]!["approval"] = "beforeStart";
        (await fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", gated)).Status.ShouldBe(200);

        var run = (await fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", ServedFleet.Order())).Json;
        ((string?)run["phase"], (string?)run["reasons"]![0]!["code"]).ShouldBe(("stopped", "approval-needed"));
        lock (fleet.Sandbox.World.Gate)
        {
            fleet.Sandbox.World.Log.Records.ShouldNotContain(call => call.Writes && call.Api == Api.Aws);
        }

        var path = $"/v1/runs/{run["id"]}";
        (await fleet.SendAsync(HttpMethod.Post, $"{path}/approve")).Status.ShouldBe(202);
        ((string?)(await fleet.GetAsync($"{path}?wait=2m")).Json["phase"]).ShouldBe("succeeded");
        (await fleet.SendAsync(HttpMethod.Post, $"{path}/approve")).Code.ShouldBe("wrong-phase");
    }

    [Fact]
    public async Task A_run_keeps_to_windows_unless_it_has_leave_with_a_reason_and_an_end()
    {
        await using var fleet = await ServedFleet.StartAsync(engine);
        await fleet.DeclareAsync();
        var closed = ServedFleet.Pool();
        var yesterday = fleet.Sandbox.World.Now.UtcDateTime.AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        closed["spec"]!["maintenance"] = new JsonObject { ["zone"] = "UTC", ["exclusions"] = new JsonArray(new JsonObject { ["from"] = yesterday, ["to"] = "2099-01-01", ["reason"] = "freeze" }) };
        (await fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", closed)).Status.ShouldBe(200);

        var run = (await fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order())).Location!;
        await fleet.UntilAsync(run, document => (string?)document["reasons"]!.AsArray().FirstOrDefault()?["code"] == "window-closed");
        await fleet.SendAsync(HttpMethod.Post, $"{run}/cancel");
        await fleet.UntilAsync(run, document => (string?)document["phase"] == "cancelled");

        var waived = ServedFleet.Order();
        waived["parameters"] = new JsonObject { ["ignoreWindows"] = new JsonObject { ["until"] = "48h" } };
        (await fleet.SendAsync(HttpMethod.Post, "/v1/runs", waived)).Fields.ShouldBe(["parameters.ignoreWindows.reason"]);
        waived["parameters"]!["ignoreWindows"]!["reason"] = "CVE-2026-1234";
        ((string?)(await fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", waived)).Json["plan"]!["ignoreWindows"]!["reason"]).ShouldBe("CVE-2026-1234");
        var done = (await fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", waived)).Json;
        ((string?)done["phase"], (string?)done["spec"]!["waiver"]!["reason"]).ShouldBe(("succeeded", "CVE-2026-1234"));
        (await fleet.GetAsync($"/v1/runs/{done["id"]}/journal")).Body.ShouldContain("windows-ignored");
    }

    [Fact]
    public async Task A_pool_is_shown_as_it_was_put_while_its_run_keeps_to_what_it_was_ordered_with()
    {
        await using var fleet = await ServedFleet.StartAsync(engine, speed: 1);
        await fleet.DeclareAsync();
        var run = (await fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order())).Location!;
        await fleet.UntilAsync(run, document => document["undo"]!.AsArray().Count > 0);

        var changed = ServedFleet.Pool("2");
        (await fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", changed)).Status.ShouldBe(200);

        var pool = (await fleet.GetAsync("/v1/clusters/site/pools/workers")).Json;
        JsonNode.DeepEquals(pool["spec"], changed["spec"]).ShouldBeTrue();
        ((string?)pool["status"]!["run"]!["id"]).ShouldBe(run.Split('/')[^1]);
        ((string?)(await fleet.GetAsync(run)).Json["spec"]!["pool"]!["rotation"]!["maxSurge"]).ShouldBe("1");
        (await fleet.SendAsync(HttpMethod.Delete, "/v1/clusters/site/pools/workers")).Code.ShouldBe("run-under-way");
    }

    [Fact]
    public async Task A_name_that_leads_to_another_cluster_than_before_is_refused()
    {
        await using var fleet = await ServedFleet.StartAsync(engine, speed: 1);
        await fleet.DeclareAsync();
        await using var other = await ServedFleet.StartAsync(engine, speed: 1, seed: 2);

        var elsewhere = fleet.Cluster();
        fleet.Kubeconfigs["other"] = other.Sandbox.KubeconfigPath;
        elsewhere["spec"]!["kubeconfig"] = "other";
        (await fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", elsewhere)).Code.ShouldBe("wrong-cluster");
        JsonNode.DeepEquals((await fleet.GetAsync("/v1/clusters/site")).Json["spec"], fleet.Cluster()["spec"]).ShouldBeTrue();

        elsewhere["spec"]!["kubeconfig"] = "nowhere";
        (await fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", elsewhere)).Status.ShouldBe(200, "what cannot be reached may be declared");
        var refused = await fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order());
        (refused.Status, refused.Type).ShouldBe((422, "application/problem+json"), refused.Body);
    }
}
