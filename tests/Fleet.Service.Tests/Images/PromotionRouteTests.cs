using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Images.Keys;
using Fleet.Service.Tests.Databases;
using Fleet.Simulation.Cloud;

namespace Fleet.Service.Tests.Images;

/// <summary>Promotions of images over the API, judged by what the account has in the end.</summary>
public abstract class PromotionRouteTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : PromotionRouteTests(Engine.Sqlite);

    public sealed class OnPostgres() : PromotionRouteTests(Engine.Postgres);

    private const string Version = "0123456789ab";

    private ServedFleet _fleet = null!;

    private string Region => _fleet.Sandbox.World.Cloud.Region;

    public async Task InitializeAsync()
    {
        _fleet = await ServedFleet.StartAsync(engine, signIn: true);
        await PutAsync();
    }

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task A_candidate_is_promoted_once_a_person_with_the_role_approves()
    {
        await ServedImages.CandidateAsync(_fleet, Version, Version.PadRight(64, '0'));
        var (operates, approves) = (await _fleet.KeyAsync(new Grant(Role.Operator, [])), await _fleet.KeyAsync(new Grant(Role.Approver, [])));

        var planned = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", Order(), ("Authorization", operates));
        planned.Status.ShouldBe(200, planned.Body);
        ((bool)planned.Json["plan"]!["approval"]!, (string)planned.Json["plan"]!["version"]!).ShouldBe((true, Version));
        var begun = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=60s", Order(), ("Authorization", operates), ("Idempotency-Key", "promote-1"));
        ((string)begun.Json["phase"]!, (string)begun.Json["pool"]!).ShouldBe(("stopped", $"worker/{Version}"), begun.Body);
        _fleet.Sandbox.World.Cloud.Parameters.Keys.ShouldNotContain($"/fleet/images/worker/1.33/{Version}");

        var run = $"/v1/runs/{begun.Json["id"]}";
        (await _fleet.SendAsync(HttpMethod.Post, $"{run}/approve", null, ("Authorization", operates))).Status.ShouldBe(403);
        (await _fleet.SendAsync(HttpMethod.Post, $"{run}/approve", null, ("Authorization", approves))).Status.ShouldBe(202);
        await _fleet.UntilAsync(run, document => (string)document["phase"]! == "succeeded");

        ((string)(await _fleet.GetAsync("/v1/images?recipe=worker")).Json["items"]![0]!["state"]!).ShouldBe("stable");
        _fleet.Sandbox.World.Cloud.Parameters["/fleet/images/worker/1.33/latest"].Value.ShouldBe("ami-0123456789ab0");
        var repeated = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", Order(), ("Authorization", operates), ("Idempotency-Key", "promote-1"));
        (repeated.Status, (string)repeated.Json["id"]!).ShouldBe((200, (string)begun.Json["id"]!));
    }

    [Fact]
    public async Task An_order_is_read_strictly_and_refused_with_the_versions_there_are()
    {
        var none = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", Order());
        (none.Status, none.Code).ShouldBe((422, "refused"), none.Body);
        none.Body.ShouldContain("recipe worker has no candidate to promote");

        var wrong = Order();
        wrong["version"] = "latest";
        wrong["skipSoak"] = "perhaps";
        wrong["cluster"] = "site";
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", wrong)).Fields.ShouldBe(["version", "skipSoak", "cluster"], ignoreOrder: true);
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", new JsonObject { ["kind"] = "imagePromotion", ["recipe"] = "wroker" })).Body.ShouldContain("did you mean worker?");
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", Order(), ("Authorization", await _fleet.KeyAsync(new Grant(Role.Operator, ["site"]))))).Status.ShouldBe(403);
        (await _fleet.GetAsync("/v1/runs")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_are_looked_at_before_an_order_is_taken()
    {
        await PutAsync(new JsonObject { [Region] = "alias/images" });
        await ServedImages.CandidateAsync(_fleet, Version, Version.PadRight(64, '0'));
        var world = _fleet.Sandbox.World;

        var missing = await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", Order());
        (missing.Status, missing.Code).ShouldBe((422, "refused"), missing.Body);
        missing.Fields.ShouldBe([$"spec.kmsKeys.{Region}"]);
        missing.Body.ShouldContain($"has no key alias/images in {Region}");

        var role = ScalingRole.In(world.Cloud.Account, "aws");
        lock (world.Gate)
        {
            world.Cloud.Put(new EncryptionKey { Id = "1234abcd-12ab-34cd-56ef-1234567890ab", Aliases = ["alias/images"], Grants = [new EncryptionGrant("1", role, ScalingRole.Needed)] });
        }

        var plan = (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", Order())).Json["plan"]!;
        plan["keys"]!.ToJsonString().ShouldBe($$"""[{"region":"{{Region}}","key":"alias/images","arn":"arn:aws:kms:{{Region}}:{{world.Cloud.Account}}:key/1234abcd-12ab-34cd-56ef-1234567890ab"}]""");
        plan["note"].ShouldBeNull();

        lock (world.Gate)
        {
            world.Faults.Deny("DescribeKey");
        }

        plan = (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", Order())).Json["plan"]!;
        ((string?)plan["keys"]![0]!["arn"], (string?)plan["note"]).ShouldSatisfyAllConditions(shown => shown.Item1.ShouldBeNull(), shown => shown.Item2.ShouldNotBeNull().ShouldContain("kms:DescribeKey would tell"));
        (await _fleet.GetAsync("/v1/runs")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    private static JsonObject Order() => new() { ["kind"] = "imagePromotion", ["recipe"] = "worker" };

    private async Task PutAsync(JsonObject? keys = null)
    {
        var spec = new JsonObject
        {
            ["account"] = _fleet.Sandbox.World.Cloud.Account,
            ["template"] = new JsonObject { ["folder"] = "worker" },
            ["kubernetesVersion"] = "1.33.2",
            ["base"] = new JsonObject { ["owners"] = new JsonArray("136693071363"), ["name"] = "debian-12-amd64-*" },
            ["regions"] = new JsonArray(Region),
            ["promotion"] = new JsonObject { ["approval"] = true },
        };
        if (keys is not null)
        {
            spec["kmsKeys"] = keys;
        }

        var document = new JsonObject { ["apiVersion"] = "fleet/v1", ["kind"] = "Recipe", ["metadata"] = new JsonObject { ["name"] = "worker" }, ["spec"] = spec };
        var put = await _fleet.SendAsync(HttpMethod.Put, "/v1/recipes/worker", document);
        put.Status.ShouldBe(keys is null ? 201 : 200, put.Body);
    }
}
