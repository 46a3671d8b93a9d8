using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Hosting.Settings;
using Fleet.Service.Tests.Databases;
using Fleet.Service.Tests.Images;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;
using Fleet.Tools.Templates;

namespace Fleet.Service.Tests.Schedules;

/// <summary>A schedule that brings an image from its recipe over a canary pool to the others, judged by the instances.</summary>
public abstract class RecipeScheduleTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : RecipeScheduleTests(Engine.Sqlite);

    public sealed class OnPostgres() : RecipeScheduleTests(Engine.Postgres);

    private const string Path = "/v1/schedules/weekly";

    private const string Old = "ami-00000001";

    private readonly DirectoryInfo _template = Directory.CreateTempSubdirectory("fleet-template-");

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(System.IO.Path.Combine(_template.FullName, "worker.pkr.hcl"), "# nothing of it is run here\n");
        var settings = new ServiceSettings { Images = new ImageSettings { Templates = new Dictionary<string, TemplateSettings> { ["worker"] = new(_template.FullName, false) }, BaseOwners = null } };
        var plain = ServedFleet.World();
        _fleet = await ServedFleet.StartAsync(engine, signIn: true, settings: settings, world: plain with { Groups = [.. plain.Groups, new GroupSpec { Name = "canary", Template = "workers", Desired = 1 }] });
    }

    public async Task DisposeAsync()
    {
        await _fleet.DisposeAsync();
        _template.Delete(recursive: true);
    }

    [Fact]
    public async Task A_candidate_runs_in_the_canary_pool_for_the_time_declared_before_the_others_get_it()
    {
        await DeclareAsync(after: "1h");
        var candidate = await CandidateAsync();

        (await _fleet.SendAsync(HttpMethod.Post, $"{Path}/run-now")).Status.ShouldBe(202);
        await _fleet.UntilAsync(Path, document => Steps(document["status"]!["open"]).Contains("promotion/worker:running"));
        (Images("canary"), Images("workers")).ShouldBe((candidate, Old));
        await _fleet.UntilAsync(Path, document => document["status"]!["recent"]!.AsArray().Count == 1);

        var fired = (await _fleet.GetAsync(Path)).Json["status"]!["recent"]![0];
        Steps(fired).ShouldBe("build/worker:nothingToDo canary:rotated promotion/worker:promoted workers:rotated", fired!.ToJsonString());
        (Images("canary"), Images("workers")).ShouldBe((candidate, candidate));
        var promotion = (await _fleet.GetAsync($"/v1/runs/{fired["pools"]![2]!["run"]}")).Json;
        ((DateTimeOffset)promotion["updated"]! - (DateTimeOffset)promotion["created"]!).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(1));
        ((string?)promotion["startedBy"]).ShouldBe("schedule/weekly");
    }

    [Fact]
    public async Task A_security_fix_skips_the_days_and_waits_for_a_person()
    {
        await DeclareAsync(after: "300d");
        var candidate = await CandidateAsync();

        (await _fleet.SendAsync(HttpMethod.Post, $"{Path}/run-now?skipSoak=true")).Status.ShouldBe(202);
        await _fleet.UntilAsync(Path, document => Steps(document["status"]!["open"]).Contains("promotion/worker:running"));
        var run = $"/v1/runs/{(await _fleet.GetAsync(Path)).Json["status"]!["open"]!["pools"]![2]!["run"]}";
        await _fleet.UntilAsync(run, document => (string?)document["phase"] == "stopped");
        Images("workers").ShouldBe(Old);
        (await _fleet.SendAsync(HttpMethod.Post, $"{run}/approve")).Status.ShouldBe(202);
        await _fleet.UntilAsync(Path, document => document["status"]!["recent"]!.AsArray().Count == 1);

        Images("workers").ShouldBe(candidate);
    }

    [Fact]
    public async Task It_needs_a_recipe_that_is_there_and_a_role_in_all_clusters()
    {
        var unknown = ServedFleet.Schedule();
        unknown["spec"]!["recipe"] = "wroker";
        await DeclareAsync(after: "1d");

        (await _fleet.SendAsync(HttpMethod.Put, "/v1/schedules/nightly", unknown)).Body.ShouldContain("did you mean worker?");
        var (admin, operates) = (await _fleet.KeyAsync(new Grant(Role.Admin, ["site"])), await _fleet.KeyAsync(new Grant(Role.Operator, ["site"])));
        (await _fleet.SendAsync(HttpMethod.Put, Path, Schedule(), ("Authorization", admin))).Body.ShouldContain("needed: admin of all clusters");
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/apply", new JsonObject { ["items"] = new JsonArray(Schedule()) }, ("Authorization", admin))).Status.ShouldBe(403);
        (await _fleet.SendAsync(HttpMethod.Post, $"{Path}/run-now", null, ("Authorization", operates))).Status.ShouldBe(403);
        (await _fleet.SendAsync(HttpMethod.Post, $"{Path}/run-now?skipSoak=perhaps")).Fields.ShouldBe(["skipSoak"]);
        (await _fleet.SendAsync(HttpMethod.Delete, "/v1/recipes/worker")).Body.ShouldContain("weekly");
    }

    private async Task DeclareAsync(string after)
    {
        var recipe = new JsonObject
        {
            ["account"] = _fleet.Sandbox.World.Cloud.Account,
            ["template"] = new JsonObject { ["folder"] = "worker" },
            ["kubernetesVersion"] = "1.33.2",
            ["base"] = new JsonObject { ["id"] = Old },
            ["regions"] = new JsonArray(_fleet.Sandbox.World.Cloud.Region),
            ["promotion"] = new JsonObject { ["after"] = after },
        };
        await PutAsync("/v1/recipes/worker", ServedFleet.Document("Recipe", "worker", recipe));
        await PutAsync("/v1/clusters/site", _fleet.Cluster());
        await PutAsync("/v1/clusters/site/pools/workers", Pool("workers", "stable"));
        await PutAsync("/v1/clusters/site/pools/canary", Pool("canary", "candidate"));
        await PutAsync(Path, Schedule());
    }

    /// <summary>What the recipe would come to is there already, so that no packer is needed here.</summary>
    private async Task<string> CandidateAsync()
    {
        var plan = (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", new JsonObject { ["kind"] = "imageBuild", ["recipe"] = "worker" })).Json["plan"]!;
        var version = (string)plan["version"]!;
        await ServedImages.CandidateAsync(_fleet, version, (string)plan["source"]!);
        return $"ami-{version}0";
    }

    private static JsonObject Schedule()
    {
        var weekly = new JsonObject { ["cluster"] = "site", ["recipe"] = "worker", ["pools"] = new JsonArray("workers", "canary"), ["cron"] = "0 2 1 1 *", ["timeZone"] = "Europe/Berlin" };
        return ServedFleet.Document("Schedule", "weekly", weekly);
    }

    private static JsonObject Pool(string name, string channel)
    {
        var pool = ServedFleet.Pool();
        pool["metadata"]!["name"] = name;
        pool["spec"]!["groups"] = new JsonArray(name);
        pool["spec"]!["image"] = new JsonObject { ["recipe"] = "worker", ["channel"] = channel };
        return pool;
    }

    private async Task PutAsync(string path, JsonObject document)
    {
        var put = await _fleet.SendAsync(HttpMethod.Put, path, document);
        put.Status.ShouldBe(201, put.Body);
    }

    /// <summary>The images of a group's instances.</summary>
    private string Images(string group)
    {
        lock (_fleet.Sandbox.World.Gate)
        {
            return string.Join(' ', _fleet.Sandbox.World.Cloud.Instances.Values.Where(instance => instance.Group == group && instance.State == InstanceState.Running).Select(instance => instance.ImageId).Distinct());
        }
    }

    private static string Steps(JsonNode? firing) => firing is null ? "" : string.Join(' ', firing["pools"]!.AsArray().Select(pool => $"{pool!["pool"]}:{pool["end"]}"));
}
