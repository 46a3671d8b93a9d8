using System.Text.Json.Nodes;
using Fleet.Cli.Tests.Rotations;

namespace Fleet.Cli.Tests.Pipelines;

/// <summary>Real <c>terraform</c> applies the example in infra/ against a service on a served world, signed in by an API key.</summary>
public sealed class TerraformTests
{
    private const double Speed = 200;

    [Fact]
    public async Task The_example_is_well_formed_and_valid_without_any_provider()
    {
        using var pipeline = await TerraformPipeline.OpenAsync();

        (await pipeline.RunAsync("fmt", "-check", "-diff")).ShouldBe(new Ran(0, "", ""));
        (await pipeline.RunAsync("validate")).Output.ShouldContain("The configuration is valid.");
        pipeline.Wish("https://fleet.example.com", "newest");
        (await pipeline.RunAsync("plan")).Error.ShouldContain("Each pool needs image");
    }

    [Fact]
    public async Task An_apply_rotates_the_next_changes_nothing_another_image_rotates_again_and_destroy_forgets_the_pool()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        await using var served = await ServedSite.ServeAsync(site, signIn: true);
        using var pipeline = await TerraformPipeline.OpenAsync(served.Url, served.Key);
        pipeline.Wish(served.Url, SmallWorlds.New);

        var first = await pipeline.ApplyAsync();
        first.ExitCode.ShouldBe(0, first.Output + first.Error);
        site.Images().ShouldBe($"2 of {SmallWorlds.New}");
        (await served.Shell.RunAsync("fleet get pool site/workers -o json")).Output.ShouldContain("\"joinTimeout\": \"3m\"");

        var again = await pipeline.ApplyAsync();
        again.Output.ShouldContain("0 added, 0 changed, 0 destroyed");
        (await RunsAsync(served)).Count.ShouldBe(1);

        pipeline.Wish(served.Url, SmallWorlds.Old);
        var back = await pipeline.ApplyAsync();
        back.ExitCode.ShouldBe(0, back.Output + back.Error);
        site.Images().ShouldBe($"2 of {SmallWorlds.Old}");
        (await RunsAsync(served)).Count.ShouldBe(2);

        (pipeline.State + first.Output + back.Output).ShouldNotContain(served.Key);
        var (terminations, gone) = (site.Terminations(), await pipeline.RunAsync("destroy", "-auto-approve"));
        gone.ExitCode.ShouldBe(0, gone.Output + gone.Error);
        (await served.Shell.RunAsync("fleet get pool site/workers")).ExitCode.ShouldBe(2);
        site.Terminations().ShouldBe(terminations);
    }

    [Fact]
    public async Task A_broken_image_fails_the_apply_with_the_runs_reason_and_after_a_cancel_a_good_one_goes_through()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        await using var served = await ServedSite.ServeAsync(site, signIn: true);
        using var pipeline = await TerraformPipeline.OpenAsync(served.Url, served.Key);
        pipeline.Wish(served.Url, SmallWorlds.Broken);

        var failed = await pipeline.ApplyAsync();
        failed.ExitCode.ShouldBe(1);
        var run = (await RunsAsync(served)).Single();
        failed.Error.ShouldContain("exit status 3");
        (failed.Output + failed.Error).ShouldContain((string)run["reasons"]![0]!["sentence"]!);

        // The cancelled run clears away what never joined; then the corrected pipeline goes through.
        var id = (string)run["id"]!;
        (await served.Shell.RunAsync($"fleet runs cancel {id} --yes")).ExitCode.ShouldBe(0);
        (await served.Shell.RunAsync($"fleet runs watch {id}")).ExitCode.ShouldBe(1);
        pipeline.Wish(served.Url, SmallWorlds.New);
        var mended = await pipeline.ApplyAsync();
        mended.ExitCode.ShouldBe(0, mended.Output + mended.Error);
        site.Images().ShouldBe($"2 of {SmallWorlds.New}");
    }

    [Fact]
    public async Task After_a_killed_apply_the_next_one_attaches_to_the_same_run()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        await using var served = await ServedSite.ServeAsync(site, SmallWorlds.Patient, signIn: true);
        using var pipeline = await TerraformPipeline.OpenAsync(served.Url, served.Key);
        const string Patient = """{"maxSurge": 1, "loadBalancerWait": "0s", "admitTimeout": "100h", "noProgressTimeout": "100h", "totalTimeout": "100h"}""";
        pipeline.Wish(served.Url, SmallWorlds.New, Patient);
        await pipeline.KillAtAsync(SmallWorlds.Waits);
        var run = (string)(await RunsAsync(served)).Single()["id"]!;

        var again = await pipeline.ApplyAsync($"Run {run} to {SmallWorlds.New} is ", site.Loosen);

        again.ExitCode.ShouldBe(0, again.Output + again.Error);
        (await RunsAsync(served)).ShouldHaveSingleItem();
        site.Images().ShouldBe($"2 of {SmallWorlds.New}");
        site.Terminations().ShouldBe(2);
    }

    private static async Task<List<JsonNode>> RunsAsync(ServedSite served) =>
        [.. JsonNode.Parse((await served.Shell.RunAsync("fleet runs list -o json")).Output)!["items"]!.AsArray().Select(run => run!)];
}
