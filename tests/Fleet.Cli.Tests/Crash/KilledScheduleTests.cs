using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fleet.Cli.Tests.Serving;
using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations.Crash;
using Fleet.Simulation.Worlds;
using Xunit.Abstractions;

namespace Fleet.Cli.Tests.Crash;

/// <summary>
/// Two services as processes of their own on a PostgreSQL database, and schedules whose times come. The replica that deals with a time is killed (SIGKILL) at a chosen moment, and the other one carries on: judged by the runs in the
/// database and by what was done to the world.
/// </summary>
public partial class KilledScheduleTests(ITestOutputHelper output)
{
    private const int Nodes = 2;
    private const string Pool = "/v1/clusters/full/pools/workers";
    private const string Nightly = "/v1/schedules/nightly";

    [Fact]
    public async Task A_time_is_fired_once_whenever_the_replica_dies_that_fires_it()
    {
        (string Killed, Func<PostgresDatabase, DyingMoment?> At)[] moments =
        [
            ("never", _ => null),
            ("before the time, with the look in its hand", database => DyingMoment.InHand(database, "nightly")),
            ("before the time is recorded", database => DyingMoment.AtWrite(database, "schedule_states", "NEW.state LIKE '%\"open\":{%'")),
            ("after that, before its run exists", database => DyingMoment.AtWrite(database, "runs", "true")),
            ("after that, before the run is recorded with it", database => DyingMoment.AtWrite(database, "schedule_states", "NEW.state LIKE '%\"run\":\"%'")),
        ];
        var endings = new Ending[moments.Length];
        await Parallel.ForEachAsync(Enumerable.Range(0, moments.Length), new ParallelOptions { MaxDegreeOfParallelism = 5 }, async (index, _) => endings[index] = await FiredAsync(moments[index].Killed, moments[index].At));

        var calm = endings[0];
        (calm.Phase, calm.Versions, calm.Terminations).ShouldBe((RunPhase.Succeeded, 2, calm.Launches - Nodes));
        foreach (var (moment, ending) in moments.Zip(endings))
        {
            output.WriteLine($"killed {moment.Killed}: {ending.Launches} launches, {ending.Terminations} terminations, {ending.Versions} versions, {ending.Evictions} evictions");
            ending.Beyond(calm).ShouldBeEmpty($"killed {moment.Killed}");
        }
    }

    [Fact]
    public async Task Looks_are_spread_over_the_replicas_and_each_time_is_fired_by_one_of_them()
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database, World());
        await using var first = await stage.ServeAsync();
        await using var second = await stage.ServeAsync();
        await WantImageAsync(first);
        var paths = Enumerable.Range(1, 6).Select(number => $"/v1/schedules/idle-{number}").ToList();
        foreach (var path in paths)
        {
            await PutAsync(first, path, Schedule(path.Split('/')[^1], "*/15 * * * *", "\"newImage\": false, \"olderThan\": \"400d\""));
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        while (await FiredByAsync(first) == 0 || await FiredByAsync(second) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, limit.Token);
        }

        var remembered = 0;
        foreach (var path in paths)
        {
            (await first.SendAsync(HttpMethod.Post, $"{path}/suspend")).Status.ShouldBe(202);
            await UntilAsync(first, path, document => document["status"]!["open"] is null);
            var recent = (await first.GetAsync(path))["status"]!["recent"]!.AsArray();
            recent.Select(firing => (string)firing!["due"]!).ShouldBeUnique();
            remembered += recent.Count;
        }

        (await FiredByAsync(first) + await FiredByAsync(second)).ShouldBe(remembered, "what each replica has counted is what is recorded");
    }

    /// <summary>Has the time of a schedule come, with the replica that deals with it killed at a moment. How long the other one takes is a figure of this machine under its load, and no more.</summary>
    private async Task<Ending> FiredAsync(string killed, Func<PostgresDatabase, DyingMoment?> at)
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database, World());
        await using var first = await stage.ServeAsync("first");
        await using var second = await stage.ServeAsync("second");
        await WantImageAsync(first);
        var due = stage.Now.AddMinutes(12);
        await PutAsync(first, Nightly, Schedule("nightly", string.Create(CultureInfo.InvariantCulture, $"{due.Minute} {due.Hour} * * *"), "\"startingDeadline\": \"6h\""));

        var (survivor, clock) = (first, TimeProvider.System);
        using (var moment = at(database))
        {
            if (moment is not null)
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), clock);
                var dead = await moment.KillAsync(new Dictionary<string, Process> { ["first"] = first.Process, ["second"] = second.Process }, limit.Token);
                survivor = dead == "first" ? second : first;
            }
        }

        var since = clock.GetTimestamp();
        await UntilAsync(survivor, Nightly, document => document["status"]!["open"]?["pools"] is JsonArray { Count: > 0 } || document["status"]!["recent"]!.AsArray().Count > 0);
        output.WriteLine($"killed {killed}: its run is recorded with it {clock.GetElapsedTime(since).TotalSeconds:0.0} s later");
        await UntilAsync(survivor, Nightly, document => document["status"]!["recent"]!.AsArray().Count > 0);

        var firing = (await survivor.GetAsync(Nightly))["status"]!["recent"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)firing["end"], (string?)firing["pools"]![0]!["end"]).ShouldBe(("done", "rotated"), firing.ToJsonString());
        database.Scalar<long>("SELECT COUNT(*) FROM runs").ShouldBe(1);
        database.Scalar<string>("SELECT idempotency_key FROM runs").ShouldBe($"schedule.nightly.{((DateTimeOffset)firing["due"]!).UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.workers");
        return await stage.EndingAsync();
    }

    private static WorldSpec World() => Core.Tests.Rotations.Worlds.Plain(Nodes) with { Name = "full" };

    private static JsonObject Schedule(string name, string cron, string more) => (JsonObject)JsonNode.Parse(
        $$"""{"apiVersion": "fleet/v1", "kind": "Schedule", "metadata": {"name": "{{name}}"}, "spec": {"cluster": "full", "pools": ["workers"], "cron": "{{cron}}", "timeZone": "Etc/UTC", {{more}} } }""")!;

    /// <summary>Declares which image the pool is to have.</summary>
    private static async Task WantImageAsync(ServedProcess replica)
    {
        var declared = (JsonObject)await replica.GetAsync(Pool);
        declared.Remove("status");
        declared["spec"]!["image"] = new JsonObject { ["id"] = WireStage.New };
        await PutAsync(replica, Pool, declared);
    }

    private static async Task PutAsync(ServedProcess replica, string path, JsonObject document)
    {
        var (status, body) = await replica.SendAsync(HttpMethod.Put, path, document);
        status.ShouldBeInRange(200, 201, body);
    }

    /// <summary>How many times a replica has fired, by what it has counted itself.</summary>
    private static async Task<int> FiredByAsync(ServedProcess replica)
    {
        var (status, text) = await replica.SendAsync(HttpMethod.Get, "/metrics");
        status.ShouldBe(200, text);
        return Fired().Matches(text).Sum(line => int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static async Task UntilAsync(ServedProcess replica, string path, Func<JsonNode, bool> so)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4), TimeProvider.System);
        while (!so(await replica.GetAsync(path)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    [GeneratedRegex("^fleet_schedule_times_total{.*} ([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex Fired();
}
