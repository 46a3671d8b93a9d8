using Fleet.Images.Tests.Machines;

namespace Fleet.Images.Tests.Builds;

/// <summary>What holds for every image, whatever is on it.</summary>
[Collection(nameof(BuiltImages))]
public sealed class SealedImageTests(BuiltImages images)
{
    private IEnumerable<Machine> All => [images.Worker, images.WorkerAgain, images.Spark, images.SparkAgain];

    [Fact]
    public void Nothing_of_the_machine_is_left_that_it_was_built_on()
    {
        foreach (var machine in All)
        {
            Leftovers.Files.Where(machine.Has).ShouldBeEmpty();
            machine.Read("etc/machine-id").ShouldBeEmpty();
            machine.Files("etc/ssh").ShouldNotContain(file => file.Contains("ssh_host_", StringComparison.Ordinal));
            machine.Files("var/log").ShouldBeEmpty();
            machine.Files("var/lib/apt/lists").ShouldBeEmpty();
            machine.Files("tmp").Concat(machine.Files("var/tmp")).ShouldBeEmpty();
            machine.Has("etc/sudoers.d/90-cloud-init-users").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_second_build_on_top_changes_nothing()
    {
        images.WorkerBuildAgain.Exit.ShouldBe(0, images.WorkerBuildAgain.Output);
        (await Snapshot.OfAsync(images.Worker)).Differences(await Snapshot.OfAsync(images.WorkerAgain)).ShouldBeEmpty();
        images.WorkerBuild.Output.ShouldContain("fleet: installed");
        images.WorkerBuildAgain.Output.ShouldNotContain("fleet: ");

        images.SparkBuildAgain.Exit.ShouldBe(0, images.SparkBuildAgain.Output);
        (await Snapshot.OfAsync(images.Spark)).Differences(await Snapshot.OfAsync(images.SparkAgain)).ShouldBeEmpty();
        images.SparkBuild.Output.ShouldContain("fleet: unpacked");
        images.SparkBuildAgain.Output.ShouldNotContain("fleet: ");
    }
}
