namespace Fleet.Cli.Tests;

public sealed class RecipeOnStoreTests() : RecipeTests(onServer: false);

public sealed class RecipeOnServerTests() : RecipeTests(onServer: true);

/// <summary>Recipes as declared resources on the command line.</summary>
public abstract class RecipeTests(bool onServer) : OnBackend(onServer)
{
    private const string Recipes = Documents.Worker + """
        ---
        apiVersion: fleet/v1
        kind: Recipe
        metadata: {name: spark}
        spec:
          account: "123456789012"
          template: {folder: spark}
          parent: worker
          regions: [eu-central-1]
        """;

    [Fact]
    public async Task Recipes_are_applied_shown_and_deleted()
    {
        var applied = await Shell.RunAsync("fleet apply -f - --yes", Recipes);

        applied.ExitCode.ShouldBe(0, applied.Error);
        applied.Output.ShouldBe("create     Recipe worker\ncreate     Recipe spark\n");
        (await Shell.RunAsync("fleet apply -f - --yes", Recipes)).Output.ShouldBe("unchanged  Recipe worker\nunchanged  Recipe spark\n");
        var got = (await Shell.RunAsync("fleet get recipes")).Output;
        got.ShouldMatch(@"spark +its parent's +x86_64 +recipe worker +eu-central-1");
        got.ShouldMatch(@"worker +1.33.2 +x86_64 +newest of 136693071363 named debian-12-amd64-\* +eu-central-1");
        (await Shell.RunAsync("fleet get recipe worker -o yaml")).Output.ShouldContain("folder: worker");
        (await Shell.RunAsync("fleet describe recipe worker")).Output.ShouldContain("rollbackWindow: 14d");
        (await Shell.RunAsync("fleet get recipe wroker")).Error.ShouldContain("did you mean worker?");

        var refused = await Shell.RunAsync("fleet delete recipe worker --yes");
        (refused.ExitCode, refused.Error.Contains("recipe worker is the parent of spark; delete them first", StringComparison.Ordinal)).ShouldBe((2, true), refused.Error);
        (await Shell.RunAsync("fleet delete recipe spark --yes")).ExitCode.ShouldBe(0);
        (await Shell.RunAsync("fleet delete recipe worker --yes")).ExitCode.ShouldBe(0);
        (await Shell.RunAsync("fleet get recipe worker")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_and_nothing_is_stored()
    {
        var refused = await Shell.RunAsync("fleet apply -f - --yes", Recipes.Replace("parent: worker", "parent: wroker", StringComparison.Ordinal).Replace("1.33.2", "1.33", StringComparison.Ordinal));

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("spec.kubernetesVersion is '1.33'; allowed: a version in full without v, like 1.33.2");
        refused.Error.ShouldContain("spec.parent: there is no recipe 'wroker'; did you mean worker?");
        (await Shell.RunAsync("fleet get recipes")).Output.ShouldBeEmpty();
    }
}
