using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Auditing;

/// <summary>Every change and every refused attempt is in the log, with who, from where, before and after.</summary>
public abstract class AuditTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : AuditTests(Engine.Sqlite);

    public sealed class OnPostgres() : AuditTests(Engine.Postgres);

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await ServedFleet.StartAsync(engine, signIn: true);

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task Changes_and_refused_attempts_are_written_down_and_reads_are_not()
    {
        var viewer = await _fleet.KeyAsync(new Grant(Role.Viewer, []));
        await _fleet.DeclareAsync();
        await _fleet.GetAsync("/v1/clusters");
        await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", ServedFleet.Pool("2"));
        await _fleet.SendAsync(HttpMethod.Delete, "/v1/clusters/site/pools/workers", null, ("Authorization", viewer));
        await _fleet.GetAsync("/v1/keys", ("Authorization", "Bearer nonsense"));
        await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", ServedFleet.Order());
        await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", new JsonObject());
        await _fleet.SendAsync(HttpMethod.Delete, "/v1/clusters/site/pools/workers");

        var entries = await _fleet.Store.EntriesAsync(0, 100, CancellationToken.None);
        entries.Select(entry => $"{entry.Action}: {entry.Outcome}").ShouldBe(
        [
            "PUT /v1/clusters/site: 201",
            "PUT /v1/clusters/site/pools/workers: 201",
            "PUT /v1/clusters/site/pools/workers: 200",
            "DELETE /v1/clusters/site/pools/workers: 403 forbidden",
            "GET /v1/keys: 401 unauthenticated",
            "PUT /v1/clusters/site: 400 invalid",
            "DELETE /v1/clusters/site/pools/workers: 204",
        ]);
        entries.ShouldAllBe(entry => entry.Source == "127.0.0.1");
        entries.Select(entry => entry.Caller.Split(' ')[0]).Distinct().ShouldBe(["key", "nobody"]);
        entries[2].Before.ShouldNotBeNull().ShouldContain("\"maxSurge\":1");
        entries[2].After.ShouldNotBeNull().ShouldContain("\"maxSurge\":2");
        entries[6].Before.ShouldNotBeNull().ShouldContain("\"maxSurge\":2");
        AuditChain.Verify(entries, AuditChain.Root).ShouldBeNull();
    }

    [Fact]
    public async Task Keys_never_reach_the_log_nor_the_answer_that_lists_it()
    {
        var made = await _fleet.SendAsync(HttpMethod.Post, "/v1/keys", new JsonObject { ["name"] = "ci", ["roles"] = new JsonArray("viewer") });
        var secret = ((string)made.Json["key"]!).Split('_', 3)[2];
        await _fleet.GetAsync("/v1/keys", ("Authorization", $"Bearer {(string)made.Json["key"]!}"));

        var listed = await _fleet.GetAsync("/v1/audit?after=0&limit=10");
        listed.Json["items"]!.AsArray().Select(entry => (string)entry!["outcome"]!).ShouldBe(["201", "403 forbidden"]);
        listed.Body.ShouldNotContain(secret);
    }
}
