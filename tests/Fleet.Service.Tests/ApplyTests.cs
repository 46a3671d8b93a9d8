using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests;

/// <summary>Several resources in one request: all or none.</summary>
public abstract class ApplyTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : ApplyTests(Engine.Sqlite);

    public sealed class OnPostgres() : ApplyTests(Engine.Postgres);

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await ServedFleet.StartAsync(engine, signIn: true);

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task What_is_applied_together_may_need_one_another_and_repeated_it_comes_to_the_same()
    {
        JsonNode[] all = [ServedFleet.Schedule(), ServedFleet.Pool(), _fleet.Cluster()];
        var first = await ApplyAsync(all, Seen(("Cluster site", null), ("NodePool site/workers", null), ("Schedule nightly", null)));
        first.Status.ShouldBe(200, first.Body);
        Results(first).ShouldBe(["Cluster site created", "NodePool site/workers created", "Schedule nightly created"]);
        ((bool)first.Json["items"]![0]!["pinned"]!).ShouldBeTrue();
        ((string?)first.Json["items"]![1]!["etag"]).ShouldBe((await _fleet.GetAsync("/v1/clusters/site/pools/workers")).Tag);
        (await _fleet.GetAsync("/v1/schedules/nightly/next?count=1")).Json["items"]!.AsArray().Count.ShouldBe(1);

        // The answer was lost: what is as asked for is no matter, whatever the caller had seen before.
        Results(await ApplyAsync(all, Seen(("NodePool site/workers", null)))).ShouldBe(["Cluster site unchanged", "NodePool site/workers unchanged", "Schedule nightly unchanged"]);
        Results(await ApplyAsync([ServedFleet.Pool("2")], null)).ShouldBe(["NodePool site/workers changed"]);
    }

    [Fact]
    public async Task Everything_that_is_wrong_comes_at_once_and_nothing_is_applied()
    {
        var bad = ServedFleet.Pool("\"many\"");
        var lost = ServedFleet.Document("Schedule", "lost", new JsonObject { ["cluster"] = "site", ["pools"] = new JsonArray("nowhere"), ["cron"] = "0 2 * * *" });
        var leading = _fleet.Cluster();
        leading["spec"]!["kubeconfig"] = "/etc/passwd";

        var refused = await ApplyAsync([leading, bad, lost], null);

        refused.Status.ShouldBe(400);
        refused.Fields.ShouldBe(["spec.rotation.maxSurge", "spec.timeZone", "spec.pools", "spec.kubeconfig"], ignoreOrder: true);
        (await _fleet.GetAsync("/v1/clusters")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_others_have_changed_is_named_together_and_nothing_is_applied()
    {
        await _fleet.DeclareAsync();
        var seen = (await _fleet.GetAsync("/v1/clusters/site/pools/workers")).Tag;
        await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", ServedFleet.Pool("2"));
        await _fleet.SendAsync(HttpMethod.Put, "/v1/schedules/nightly", ServedFleet.Schedule());
        var other = ServedFleet.Document("NodePool", "others", new JsonObject { ["cluster"] = "site", ["groups"] = new JsonArray("others") });

        var late = await ApplyAsync([other, ServedFleet.Pool("3"), ServedFleet.Schedule("0 3 * * *")], Seen(("NodePool site/workers", seen), ("Schedule nightly", null), ("NodePool site/others", "\"0\"")));

        (late.Status, late.Code).ShouldBe((412, "changed"));
        var detail = (string)late.Json["detail"]!;
        detail.ShouldContain("NodePool site/workers has changed");
        detail.ShouldContain("Schedule nightly exists already");
        detail.ShouldContain("NodePool site/others does not exist any more");
        (await _fleet.GetAsync("/v1/clusters/site/pools")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_dry_run_checks_as_much_and_declares_nothing()
    {
        var dry = await _fleet.SendAsync(HttpMethod.Post, "/v1/apply?dryRun=true", Order([_fleet.Cluster(), ServedFleet.Pool()], null));
        Results(dry).ShouldBe(["Cluster site created", "NodePool site/workers created"]);
        (await _fleet.GetAsync("/v1/clusters")).Json["items"]!.AsArray().ShouldBeEmpty();
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/apply?dryRun=true", Order([ServedFleet.Pool()], null))).Status.ShouldBe(400);
        (await _fleet.Store.EntriesAsync(0, 9, CancellationToken.None)).Select(entry => entry.Outcome).ShouldBeEmpty("it changes nothing");
    }

    [Fact]
    public async Task Each_document_needs_the_callers_right_in_its_cluster_and_has_a_line_in_the_audit_log()
    {
        await _fleet.DeclareAsync();
        var other = ServedFleet.Document("Cluster", "other", new JsonObject { ["account"] = "123456789012", ["region"] = "eu-central-1", ["kubeconfig"] = "nowhere" });
        (await ApplyAsync([other], null)).Status.ShouldBe(200);
        var foreign = ServedFleet.Document("NodePool", "theirs", new JsonObject { ["cluster"] = "other", ["groups"] = new JsonArray("theirs") });
        var mine = ("Authorization", await _fleet.KeyAsync(new Grant(Role.Admin, ["site"])));

        var refused = await _fleet.SendAsync(HttpMethod.Post, "/v1/apply", Order([ServedFleet.Pool("2"), foreign], null), mine);
        (refused.Status, refused.Code).ShouldBe((403, "forbidden"));
        ((string)refused.Json["detail"]!).ShouldContain("in cluster other");
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/apply", Order([ServedFleet.Document("List", "x", [])], null), mine)).Status.ShouldBe(400, "a list in the list would hide what it holds");
        var elsewhere = _fleet.Cluster();
        elsewhere["spec"]!["kubeconfig"] = "nowhere";
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/apply", Order([elsewhere], null), mine)).Code.ShouldBe("forbidden", "a cluster's admin does not decide where its name leads");
        var joined = _fleet.Cluster();
        joined["spec"]!["join"] = new JsonObject { ["endpoint"] = "api:6443", ["parameter"] = "/fleet/clusters/other/join" };
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/apply", Order([joined], null), mine)).Code.ShouldBe("forbidden", "nor which parameter of the account Fleet writes");
        Results(await _fleet.SendAsync(HttpMethod.Post, "/v1/apply", Order([ServedFleet.Pool("2"), _fleet.Cluster()], null), mine)).ShouldBe(["Cluster site unchanged", "NodePool site/workers changed"]);

        var entries = (await _fleet.Store.EntriesAsync(0, 100, CancellationToken.None)).Where(entry => entry.Action.Contains("apply", StringComparison.Ordinal)).ToList();
        entries.Select(entry => $"{entry.Action}: {entry.Outcome}").ShouldBe(
        [
            "POST /v1/apply Cluster other: 200",
            "POST /v1/apply NodePool site/workers: 403 forbidden",
            "POST /v1/apply NodePool other/theirs: 403 forbidden",
            "POST /v1/apply: 400 invalid",
            "POST /v1/apply Cluster site: 403 forbidden",
            "POST /v1/apply Cluster site: 403 forbidden",
            "POST /v1/apply NodePool site/workers: 200",
            "POST /v1/apply Cluster site: 200",
        ]);
        entries[6].Before.ShouldNotBeNull().ShouldContain("\"maxSurge\":1");
        entries[6].After.ShouldNotBeNull().ShouldContain("\"maxSurge\":2");
    }

    [Fact]
    public async Task What_is_no_order_is_refused_with_all_that_is_wrong()
    {
        var odd = new JsonObject { ["items"] = new JsonArray(), ["dryRun"] = true, ["expected"] = new JsonObject { ["Cluster site"] = "x" } };
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/apply", odd)).Fields.ShouldBe(["dryRun", "items", "expected.Cluster site"], ignoreOrder: true);
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/apply", new JsonArray())).Fields.ShouldBe(["body"]);
        (await ApplyAsync([_fleet.Cluster(), _fleet.Cluster()], null)).Status.ShouldBe(400);
    }

    private static JsonObject Order(JsonNode[] documents, JsonObject? expected)
    {
        var order = new JsonObject { ["items"] = new JsonArray([.. documents.Select(document => document.DeepClone())]) };
        if (expected is not null)
        {
            order["expected"] = expected;
        }

        return order;
    }

    private static JsonObject Seen(params (string Name, string? Tag)[] seen) => new(seen.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Tag)));

    private static IEnumerable<string> Results(Answer answer) => answer.Json["items"]!.AsArray().Select(item => $"{item!["kind"]} {item["name"]} {item["result"]}");

    private Task<Answer> ApplyAsync(JsonNode[] documents, JsonObject? expected) => _fleet.SendAsync(HttpMethod.Post, "/v1/apply", Order(documents, expected));
}
