using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests;

/// <summary>A run whose cluster the service cannot reach says so, and others are not kept waiting by it.</summary>
public abstract class UnreachableTests(Engine engine)
{
    public sealed class OnSqlite() : UnreachableTests(Engine.Sqlite);

    public sealed class OnPostgres() : UnreachableTests(Engine.Postgres);

    [Fact]
    public async Task A_run_that_cannot_be_driven_says_why()
    {
        await using var service = await BareService.StartAsync(engine);
        var pool = (await service.Store.PoolsAsync("site", CancellationToken.None)).Single();
        var spec = new RotationSpec { Cluster = (await service.Store.ClustersAsync(CancellationToken.None)).Single(), Pool = pool, Target = new RotationTarget { ImageId = ServedFleet.New } };
        var now = TimeProvider.System.GetUtcNow();
        await service.Store.CreateAsync(
            new Run { Id = "r-1", Kind = "rotation", Cluster = "site", Pool = "workers", Spec = RotationJson.Write(spec), State = RotationJson.Write(new RotationState()), Created = now, Updated = now },
            CancellationToken.None);

        var run = await service.UntilAsync("/v1/runs/r-1", document => document["reasons"]!.AsArray().Count > 0);

        ((string?)run["phase"], (string?)run["reasons"]![0]!["code"]).ShouldBe(("pending", "not-driven"));
        ((string?)run["reasons"]![0]!["sentence"])!.ShouldContain("/nowhere");
    }
}
