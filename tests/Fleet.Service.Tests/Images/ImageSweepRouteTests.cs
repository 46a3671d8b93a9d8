using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Images;
using Fleet.Service.Tests.Databases;
using Fleet.Simulation.Cloud;

namespace Fleet.Service.Tests.Images;

/// <summary>Sweeps of images over the API, judged by the calls that the account got.</summary>
public abstract class ImageSweepRouteTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : ImageSweepRouteTests(Engine.Sqlite);

    public sealed class OnPostgres() : ImageSweepRouteTests(Engine.Postgres);

    private ServedFleet _fleet = null!;
    private ImageRecord _old = null!;
    private ImageRecord _newest = null!;

    public async Task InitializeAsync()
    {
        _fleet = await ServedFleet.StartAsync(engine, speed: 1, signIn: true);
        var spec = new JsonObject
        {
            ["account"] = _fleet.Sandbox.World.Cloud.Account,
            ["template"] = new JsonObject { ["folder"] = "worker" },
            ["kubernetesVersion"] = "1.33.2",
            ["base"] = new JsonObject { ["owners"] = new JsonArray("136693071363"), ["name"] = "debian-12-amd64-*" },
            ["regions"] = new JsonArray(_fleet.Sandbox.World.Cloud.Region),
            ["retention"] = new JsonObject { ["keep"] = 1 },
        };
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/recipes/worker", ServedFleet.Document("Recipe", "worker", spec))).Status.ShouldBe(201);
        (_old, _newest) = (await MadeAsync(100), await MadeAsync(30));
    }

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task A_look_says_of_each_image_why_it_stays_or_goes_and_changes_nothing()
    {
        var looked = await _fleet.GetAsync("/v1/images/sweep");
        var planned = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", Order());

        looked.Json["items"]!.AsArray().Select(item => $"{item!["version"]} {item["step"]} {item["reasons"]![0]!["code"]}").ShouldBe([$"{_old.Version} deprecate image-unneeded", $"{_newest.Version} stay image-retained"]);
        planned.Json["plan"]!["items"]!.ToJsonString().ShouldBe(looked.Json["items"]!.ToJsonString());
        var form = new DescribedForm((await _fleet.GetAsync("/openapi/v1.json")).Json);
        form.Faults("get", "/v1/images/sweep", looked).ShouldBeEmpty();
        form.Faults("post", "/v1/runs", planned).ShouldBeEmpty();
        Writes().ShouldBeEmpty();
        (await _fleet.GetAsync("/v1/runs")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_sweeps_once_however_often_it_is_repeated_and_the_audit_log_has_who_gave_it()
    {
        var caller = ("Authorization", await _fleet.KeyOfAsync("ada", new Grant(Role.Operator, [])));

        var ordered = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=60s", Order(), ("Idempotency-Key", "gc-1"), caller);
        var repeated = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=60s", Order(), ("Idempotency-Key", "gc-1"), caller);

        (ordered.Status, (string?)ordered.Json["phase"], (string?)ordered.Json["person"]).ShouldBe((201, "succeeded", "ada"), ordered.Body);
        (repeated.Status, (string?)repeated.Json["id"]).ShouldBe((200, (string?)ordered.Json["id"]));
        new DescribedForm((await _fleet.GetAsync("/openapi/v1.json")).Json).Faults("post", "/v1/runs", ordered).ShouldBeEmpty();
        ((int?)ordered.Json["state"]!["deprecated"]).ShouldBe(1);
        Writes().ShouldBe([$"EnableImageDeprecation {_old.Copies[0].ImageId}"]);
        (await _fleet.GetAsync("/v1/images?recipe=worker")).Json["items"]!.AsArray().Select(image => (string?)image!["state"]).ShouldBe(["deprecated", "stable"]);
        var entries = (await _fleet.Store.EntriesAsync(0, 100, CancellationToken.None)).Where(entry => entry.Action == "POST /v1/runs").ToList();
        entries.Select(entry => entry.Outcome).ShouldBe(["201", "200"]);
        entries.ShouldAllBe(entry => entry.Caller.Contains("ada") && entry.After!.Contains("imageSweep"));
    }

    [Fact]
    public async Task Who_may_act_in_one_cluster_alone_neither_looks_nor_sweeps()
    {
        var limited = ("Authorization", await _fleet.KeyAsync(new Grant(Role.Operator, ["site"])));
        var viewer = ("Authorization", await _fleet.KeyAsync(new Grant(Role.Viewer, [])));

        (await _fleet.GetAsync("/v1/images/sweep", limited)).Status.ShouldBe(403);
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", Order(), limited)).Body.ShouldContain("needed: operator of all clusters");
        (await _fleet.GetAsync("/v1/images/sweep", viewer)).Status.ShouldBe(200);
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", Order(), viewer)).Status.ShouldBe(403);
        Writes().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_is_read_strictly()
    {
        var wrong = Order();
        wrong["recipe"] = "worker";
        wrong["parameters"] = new JsonArray("images", "/images");

        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", wrong)).Fields.ShouldBe(["parameters[0]", "recipe"], ignoreOrder: true);
        (await _fleet.GetAsync("/v1/images/sweep?parameters=/images,images/")).Fields.ShouldBe(["parameters"]);
    }

    [Fact]
    public async Task What_the_account_refuses_fails_the_run_with_the_cure()
    {
        _fleet.Sandbox.World.Faults.Deny("EnableImageDeprecation");

        var run = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=60s", Order());

        ((string?)run.Json["phase"], (string?)run.Json["reasons"]![0]!["cure"]).ShouldBe(("failed", "grant ec2:EnableImageDeprecation (infra/terraform/image-policy)"), run.Body);
    }

    private static JsonObject Order() => new() { ["kind"] = "imageSweep" };

    /// <summary>What Fleet did to the account.</summary>
    private List<string> Writes()
    {
        lock (_fleet.Sandbox.World.Gate)
        {
            return [.. _fleet.Sandbox.World.Log.Records.Where(call => call is { Writes: true, Caller: "fleet" }).Select(call => $"{call.Verb} {call.Subject}")];
        }
    }

    /// <summary>A stable version, made so many days ago.</summary>
    private async Task<ImageRecord> MadeAsync(int daysAgo)
    {
        var world = _fleet.Sandbox.World;
        var (version, created) = ($"{daysAgo:x12}", world.Now.AddDays(-daysAgo));
        var record = new ImageRecord
        {
            Recipe = "worker",
            Version = version,
            Source = version.PadRight(64, '0'),
            Name = ImageNames.Of("worker", "1.33.2", "x86_64", version),
            Account = world.Cloud.Account,
            KubernetesVersion = "1.33.2",
            Architecture = "x86_64",
            BaseImage = "ami-0123456789abcdef0",
            Run = "run-1",
            State = ImageState.Stable,
            Created = created,
            Changed = created,
            Promoted = created,
            Copies = [new ImageCopy(world.Cloud.Region, $"ami-{version}", [$"snap-{version}"])],
        };
        lock (world.Gate)
        {
            var tags = ImmutableSortedDictionary<string, string>.Empty.Add(ImageTags.Recipe, "worker").Add(ImageTags.Version, version);
            world.Cloud.Put(new Image { Id = record.Copies[0].ImageId, Name = record.Name, Owner = record.Account, Created = created, Tags = tags, Snapshots = record.Copies[0].Snapshots });
        }

        (await _fleet.Store.AddImageAsync(record, CancellationToken.None)).ShouldBeTrue();
        return record;
    }
}
