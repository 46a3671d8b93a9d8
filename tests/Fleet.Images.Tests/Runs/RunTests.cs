using Fleet.Images.Tests.Machines;

namespace Fleet.Images.Tests.Runs;

/// <summary>`fleet images build` as users run it: the real command, Debian's packer, moto's account.</summary>
public sealed class RunTests
{
    private const string Provisioning = "Running local shell script";

    [Fact]
    public async Task A_recipe_is_built_over_ssh_to_a_recorded_image_and_not_twice()
    {
        await using var supplies = await Supplies.Supplies.ServeAsync();
        await using var machine = await Machine.CreateAsync(supplies);
        var port = Machine.FreePort();
        await using var bench = await BuildBench.OverSshAsync(port);
        await machine.BootAsync(bench.Site.Ec2.Keys, port);

        var (planned, plan) = await bench.RunAsync("images", "build", "tiny", "--dry-run");
        (planned, (await bench.ImagesAsync()).Count).ShouldBe((0, 0), plan);
        var (exit, said) = await bench.RunAsync("images", "build", "tiny", "--yes");

        exit.ShouldBe(0, said);
        machine.Read("etc/built-by-fleet").ShouldBe("recipe=tiny\n");
        var image = (await bench.ImagesAsync()).ShouldHaveSingleItem();
        var record = (await bench.AskAsync("images", "list"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)record["state"], (string?)record["name"], (string?)record["copies"]![0]!["imageId"]).ShouldBe(("candidate", (string)image["Name"]!, (string)image["ImageId"]!));
        var tags = image["Tags"]!.AsArray().ToDictionary(tag => (string)tag!["Key"]!, tag => (string)tag!["Value"]!);
        (tags["fleet:recipe"], tags["fleet:version"], tags["fleet:run"], tags["team"]).ShouldBe(("tiny", (string)record["version"]!, (string)record["run"]!, "platform"));
        bench.Site.Ec2.Actions.ShouldContain("ec2:ModifyImageAttribute");
        (await bench.LeftAsync()).ShouldBeEmpty();

        var (repeated, nothing) = await bench.RunAsync("images", "build", "tiny", "--yes");
        (repeated, (await bench.ImagesAsync()).Count).ShouldBe((0, 1), nothing);
        nothing.ShouldContain("nothing to do");
    }

    [Fact]
    public async Task Killed_in_the_middle_the_same_command_builds_one_image_and_leaves_nothing()
    {
        await using var bench = await BuildBench.WaitingAsync();
        using (var killed = bench.Start("images", "build", "tiny", "--yes", "--trust-templates"))
        {
            await killed.SaysAsync(Provisioning);
            killed.Kill();
        }

        bench.LetGo();

        // Until its lease has run out, the dead driver counts as one that drives: the command waits for that, and takes the run up.
        var again = await bench.RunAsync("images", "build", "tiny", "--yes", "--trust-templates");

        again.Exit.ShouldBe(0, again.Said);
        var record = (await bench.AskAsync("images", "list"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        (await bench.ImagesAsync()).ShouldHaveSingleItem()["ImageId"]!.ToString().ShouldBe((string?)record["copies"]![0]!["imageId"]);
        (await bench.AskAsync("runs", "list"))["items"]!.AsArray().ShouldHaveSingleItem();
        (await bench.LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Interrupted_it_cancels_and_leaves_nothing()
    {
        await using var bench = await BuildBench.WaitingAsync();
        using var command = bench.Start("images", "build", "tiny", "--yes", "--trust-templates");
        await command.SaysAsync(Provisioning);

        await command.InterruptAsync();

        var (exit, said) = await command.EndAsync();
        exit.ShouldBe(1, said);
        said.ShouldContain("Asked to cancel");
        (await bench.ImagesAsync()).ShouldBeEmpty();
        (await bench.LeftAsync()).ShouldBeEmpty();
        ((string?)(await bench.AskAsync("runs", "list"))["items"]![0]!["phase"], (string?)(await bench.AskAsync("images", "list"))["items"]![0]!["state"]).ShouldBe(("cancelled", "rejected"));
    }

    [Fact]
    public async Task What_packer_refuses_is_told_with_file_and_line_before_anything_starts()
    {
        await using var bench = await BuildBench.WaitingAsync();
        var (untrusted, why) = await bench.RunAsync("images", "build", "tiny", "--yes");
        bench.WriteTemplate("source \"amazon-ebs\" \"tiny\" {\n  no_such_argument = 1\n}\nbuild {\n  sources = [\"source.amazon-ebs.tiny\"]\n}\n");

        var (exit, said) = await bench.RunAsync("images", "build", "tiny", "--yes");

        (untrusted, exit).ShouldBe((2, 2), said);
        why.ShouldContain("names shell-local");
        said.ShouldContain("packer refuses tiny.pkr.hcl, line 2");
        (await bench.AskAsync("runs", "list"))["items"]!.AsArray().ShouldBeEmpty();
        (await bench.AskAsync("images", "list"))["items"]!.AsArray().ShouldBeEmpty();
        bench.Site.Ec2.Actions.ShouldNotContain("ec2:RunInstances");
    }
}
