using Fleet.Images.Tests.Machines;

namespace Fleet.Images.Tests.Builds;

/// <summary>A worker image and a Spark image on top of it, and each of them built once more on a machine that has its own content already.</summary>
public sealed class BuiltImages : IAsyncLifetime
{
    internal BuildSite Site { get; } = new();

    internal Machine Worker { get; private set; } = null!;

    internal Machine WorkerAgain { get; private set; } = null!;

    internal Machine Spark { get; private set; } = null!;

    internal Machine SparkAgain { get; private set; } = null!;

    internal Built WorkerBuild { get; private set; } = null!;

    internal Built WorkerBuildAgain { get; private set; } = null!;

    internal Built SparkBuild { get; private set; } = null!;

    internal Built SparkBuildAgain { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Site.InitializeAsync();
        Worker = await Machine.CreateAsync(Site.Supplies);
        WorkerBuild = await Site.BuildAsync(Worker, "worker", Site.Worker());
        WorkerAgain = await Worker.CloneAsync();
        WorkerBuildAgain = await Site.BuildAsync(WorkerAgain, "worker", Site.Worker());
        Spark = await Worker.CloneAsync();
        SparkBuild = await Site.BuildAsync(Spark, "spark", Site.Spark());
        SparkAgain = await Spark.CloneAsync();
        SparkBuildAgain = await Site.BuildAsync(SparkAgain, "spark", Site.Spark());
    }

    public async Task DisposeAsync()
    {
        // Where a build could not even be tried, some are not there.
        foreach (var machine in new[] { Worker, WorkerAgain, Spark, SparkAgain }.OfType<Machine>())
        {
            await machine.DisposeAsync();
        }

        await Site.DisposeAsync();
    }
}
