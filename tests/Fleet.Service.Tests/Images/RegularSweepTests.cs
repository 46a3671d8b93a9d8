using Fleet.Core.Runs;
using Fleet.Hosting.Settings;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Images;

/// <summary>Sweeps that the server's settings ask for.</summary>
public abstract class RegularSweepTests(Engine engine)
{
    public sealed class OnSqlite() : RegularSweepTests(Engine.Sqlite);

    public sealed class OnPostgres() : RegularSweepTests(Engine.Postgres);

    [Fact]
    public async Task Each_period_has_one_sweep_also_when_the_service_starts_again_in_it()
    {
        await using var fleet = await ServedFleet.StartAsync(engine, speed: 1200, settings: new ServiceSettings { Images = new ImageSettings { SweepEvery = TimeSpan.FromHours(1) } });

        await fleet.UntilAsync("/v1/runs?kind=imageSweep&phase=succeeded", list => list["items"]!.AsArray().Count > 0);
        await fleet.RestartAsync();
        await fleet.UntilAsync("/v1/runs?kind=imageSweep&phase=succeeded", list => list["items"]!.AsArray().Count > 2);

        var runs = await fleet.Store.PageAsync(new RunFilter { Kind = "imageSweep" }, 100, CancellationToken.None);
        runs.Select(run => run.StartedBy).Distinct().ShouldBe(["settings/images.sweep"]);
        runs.Select(run => run.Key).ShouldBeUnique();
        runs.ShouldAllBe(run => run.Key!.StartsWith("images.sweep.", StringComparison.Ordinal) && run.Key.EndsWith("0000Z", StringComparison.Ordinal));
    }
}
