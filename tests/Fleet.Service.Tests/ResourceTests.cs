using System.Text.Json.Nodes;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests;

/// <summary>Declared resources over the API.</summary>
public abstract class ResourceTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : ResourceTests(Engine.Sqlite);

    public sealed class OnPostgres() : ResourceTests(Engine.Postgres);

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync()
    {
        _fleet = await ServedFleet.StartAsync(engine);
        await _fleet.DeclareAsync();
    }

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task A_resource_is_read_as_it_was_put_with_its_status_apart()
    {
        var pool = await _fleet.GetAsync("/v1/clusters/site/pools/workers");
        JsonNode.DeepEquals(pool.Json["spec"], ServedFleet.Pool()["spec"]).ShouldBeTrue(pool.Body);
        pool.Json["status"].ShouldNotBeNull();

        var cluster = await _fleet.GetAsync("/v1/clusters/site");
        JsonNode.DeepEquals(cluster.Json["spec"], _fleet.Cluster()["spec"]).ShouldBeTrue(cluster.Body);
        ((string?)cluster.Json["status"]!["kubeSystemUid"]).ShouldNotBeNullOrEmpty();
        (await _fleet.GetAsync("/v1/clusters")).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await _fleet.GetAsync("/v1/clusters/site/pools")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_by_who_has_seen_another_state_is_refused()
    {
        const string Path = "/v1/clusters/site/pools/workers";
        var seen = (await _fleet.GetAsync(Path)).Tag!;

        (await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Pool("2"), ("If-Match", seen))).Status.ShouldBe(200);
        var late = await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Pool("3"), ("If-Match", seen));
        (late.Status, late.Code).ShouldBe((412, "changed"));
        (await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Pool("3"), ("If-None-Match", "*"))).Code.ShouldBe("exists");
        (await _fleet.SendAsync(HttpMethod.Delete, Path, null, ("If-Match", seen))).Status.ShouldBe(412);
        (await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Pool("3"), ("If-Match", "W/" + (await _fleet.GetAsync(Path)).Tag))).Status.ShouldBe(412, "a weak tag is no match for a write");
        (await _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Pool("3"), ("If-Match", "seen"))).Fields.ShouldBe(["If-Match"]);
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/new", ServedFleet.Pool("3"), ("If-Match", "*"))).Status.ShouldBe(400);
        ((int)(await _fleet.GetAsync(Path)).Json["spec"]!["rotation"]!["maxSurge"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Of_writes_at_once_that_have_seen_the_same_state_one_is_done()
    {
        const string Path = "/v1/clusters/site/pools/workers";
        var seen = (await _fleet.GetAsync(Path)).Tag!;

        var answers = await Task.WhenAll(Enumerable.Range(2, 8).Select(surge => _fleet.SendAsync(HttpMethod.Put, Path, ServedFleet.Pool($"{surge}"), ("If-Match", $"\"other\", {seen}"))));

        answers.Select(answer => answer.Status).Order().ShouldBe([200, 412, 412, 412, 412, 412, 412, 412]);
    }

    [Fact]
    public async Task What_is_not_ready_is_named_until_it_is()
    {
        _fleet.Database.Execute("ALTER TABLE runs RENAME TO gone");
        var broken = await _fleet.GetAsync("/readyz");
        (broken.Status, (string?)broken.Json["status"]).ShouldBe((503, "not ready"));
        ((string?)broken.Json["checks"]!["database"]).ShouldNotBe("ok");
        (await _fleet.GetAsync("/healthz")).Status.ShouldBe(200);
        (await _fleet.GetAsync("/v1/runs")).Code.ShouldBe(engine == Engine.Sqlite ? "internal" : "database-unavailable", "what a server refuses may be right again later");

        _fleet.Database.Execute("ALTER TABLE gone RENAME TO runs");
        await _fleet.UntilAsync("/readyz", document => (string?)document["status"] == "ready");
    }

    [Fact]
    public async Task A_cluster_with_pools_is_not_deleted_and_one_without_is()
    {
        (await _fleet.SendAsync(HttpMethod.Delete, "/v1/clusters/site")).Code.ShouldBe("has-pools");
        (await _fleet.SendAsync(HttpMethod.Delete, "/v1/clusters/site/pools/workers")).Status.ShouldBe(204);
        (await _fleet.SendAsync(HttpMethod.Delete, "/v1/clusters/site")).Status.ShouldBe(204);
        (await _fleet.GetAsync("/v1/clusters/site")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Bad_documents_bodies_and_paths_are_problems_with_a_code()
    {
        var wrong = ServedFleet.Pool("0");
        wrong["spec"]!["group"] = "x";
        var invalid = await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", wrong);
        (invalid.Status, invalid.Code).ShouldBe((400, "invalid"));
        invalid.Fields.ShouldBe(["spec.rotation.maxSurge", "spec.group"], ignoreOrder: true);

        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/other", ServedFleet.Pool())).Fields.ShouldBe(["metadata.name"]);
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", _fleet.Cluster())).Fields.ShouldBe(["kind"]);
        (await _fleet.GetAsync("/v2/clusters")).Code.ShouldBe("unknown-path");
        (await _fleet.SendAsync(HttpMethod.Patch, "/v1/clusters/site", ServedFleet.Pool())).Code.ShouldBe("method-not-allowed");
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", JsonValue.Create(new string('x', 2 << 20)))).Code.ShouldBe("too-large");
        (await _fleet.GetAsync("/healthz")).Status.ShouldBe(200);
        (await _fleet.GetAsync("/readyz")).Status.ShouldBe(200);
    }
}
