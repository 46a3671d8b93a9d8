using Fleet.Service.Tests.Databases;
using Fleet.Simulation.Cloud;

namespace Fleet.Service.Tests;

/// <summary>Rotations that are asked for over the API, on a served world; the world says what came of them.</summary>
public abstract class RunTests(Engine engine)
{
    public sealed class OnSqlite() : RunTests(Engine.Sqlite);

    public sealed class OnPostgres() : RunTests(Engine.Postgres);

    [Fact]
    public async Task A_rotation_is_planned_begun_waited_for_and_told()
    {
        await using var fleet = await ServedFleet.StartAsync(engine);
        await fleet.DeclareAsync();

        var plan = await fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", ServedFleet.Order());
        plan.Status.ShouldBe(200, plan.Body);
        ((int)plan.Json["plan"]!["outdated"]!).ShouldBe(2);
        (await fleet.GetAsync("/v1/runs")).Json["items"]!.AsArray().Count.ShouldBe(0);

        var begun = await fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order());
        begun.Status.ShouldBe(201, begun.Body);
        var second = await fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order());
        (second.Status, second.Code).ShouldBe((409, "run-under-way"));
        ((string)second.Json["run"]!).ShouldBe((string)begun.Json["id"]!);

        var ended = await fleet.GetAsync($"{begun.Location}?wait=2m");
        ((string)ended.Json["phase"]!).ShouldBe("succeeded", ended.Body);
        Images(fleet).ShouldBe([ServedFleet.New, ServedFleet.New]);
        var pool = await fleet.GetAsync("/v1/clusters/site/pools/workers");
        pool.Json["status"]!["lastGood"]!.AsObject().Count.ShouldBe(1);
        new DescribedForm((await fleet.GetAsync("/openapi/v1.json")).Json).Faults("get", "/v1/clusters/{cluster}/pools/{pool}", pool).ShouldBeEmpty();

        var events = await fleet.GetAsync($"{begun.Location}/events");
        events.Type.ShouldBe("text/event-stream");
        var journal = (await fleet.GetAsync($"{begun.Location}/journal")).Json["items"]!.AsArray();
        Sequences(events).ShouldBe(journal.Select(line => (long)line!["sequence"]!));
        Sequences(await fleet.GetAsync($"{begun.Location}/events", ("Last-Event-ID", "5"))).ShouldBe(Sequences(events).Where(sequence => sequence > 5));
        (await fleet.GetAsync($"{begun.Location}/events", ("Last-Event-ID", $"{Sequences(events)[^1]}"))).Status.ShouldBe(204, "there is nothing more to come");
        var page = await fleet.GetAsync($"{begun.Location}/journal?after=3&limit=2");
        page.Json["items"]!.AsArray().Select(line => (long)line!["sequence"]!).ShouldBe([4, 5]);
        ((long)page.Json["next"]!).ShouldBe(5);
    }

    [Fact]
    public async Task A_run_outlives_the_service_that_began_it()
    {
        await using var fleet = await ServedFleet.StartAsync(engine);
        await fleet.DeclareAsync();
        var begun = await fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order());

        await fleet.RestartAsync();

        ((string)(await fleet.GetAsync($"{begun.Location}?wait=2m")).Json["phase"]!).ShouldBe("succeeded");
        Images(fleet).ShouldBe([ServedFleet.New, ServedFleet.New]);
        lock (fleet.Sandbox.World.Gate)
        {
            fleet.Sandbox.World.Cloud.Terminations.Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task A_run_is_paused_resumed_and_cancelled_and_then_asked_in_vain()
    {
        await using var fleet = await ServedFleet.StartAsync(engine);
        await fleet.DeclareAsync();
        var begun = await fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order());

        (await fleet.SendAsync(HttpMethod.Post, $"{begun.Location}/pause")).Status.ShouldBe(202);
        ((string)(await fleet.GetAsync($"{begun.Location}?wait=2m")).Json["phase"]!).ShouldBe("paused");
        (await fleet.SendAsync(HttpMethod.Post, $"{begun.Location}/resume")).Status.ShouldBe(202);
        (await fleet.SendAsync(HttpMethod.Post, $"{begun.Location}/cancel")).Status.ShouldBe(202);
        ((string)(await fleet.GetAsync($"{begun.Location}?wait=2m")).Json["phase"]!).ShouldBe("cancelled");

        var vain = await fleet.SendAsync(HttpMethod.Post, $"{begun.Location}/pause");
        (vain.Status, vain.Code).ShouldBe((409, "wrong-phase"));
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_with_everything_that_is_wrong()
    {
        await using var fleet = await ServedFleet.StartAsync(engine);
        await fleet.DeclareAsync();

        var wrong = ServedFleet.Order("image");
        wrong["parameters"] = new System.Text.Json.Nodes.JsonObject { ["maxSurge"] = "200%", ["onDrainTimeout"] = "force", ["surge"] = 1 };
        var refused = await fleet.SendAsync(HttpMethod.Post, "/v1/runs", wrong);
        (refused.Status, refused.Type).ShouldBe((400, "application/problem+json"));
        refused.Fields.ShouldBe(["target.image", "parameters.maxSurge", "parameters.forceUntil", "parameters.surge"], ignoreOrder: true);

        var absent = await fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order("ami-0000000f"));
        (absent.Status, absent.Code).ShouldBe((422, "refused"), absent.Body);
        absent.Detail.ShouldContain("ami-0000000f");

        var unknown = ServedFleet.Order();
        unknown["pool"] = "worker";
        (await fleet.SendAsync(HttpMethod.Post, "/v1/runs", unknown)).Detail.ShouldContain("workers");
        (await fleet.GetAsync("/v1/runs/none")).Status.ShouldBe(404);
        lock (fleet.Sandbox.World.Gate)
        {
            fleet.Sandbox.World.Log.Records.Where(call => call.Writes && call.Api == Simulation.Calls.Api.Aws).ShouldBeEmpty();
        }
    }

    private static List<string> Images(ServedFleet fleet)
    {
        lock (fleet.Sandbox.World.Gate)
        {
            return [.. fleet.Sandbox.World.Cloud.Members("workers").Where(one => one.Lifecycle == LifecycleState.InService).Select(one => one.ImageId)];
        }
    }

    private static List<long> Sequences(Answer events) =>
        [.. events.Body.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(line => long.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture))];
}
