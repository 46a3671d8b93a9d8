using Fleet.Core.Runs;

namespace Fleet.Cli.Tests;

public sealed class GetOnStoreTests() : GetTests(onServer: false)
{
    [Fact]
    public async Task A_state_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(Shell.StatePath, "no database, but long enough to be taken for the header of one, which SQLite reads first of all");

        var ran = await Shell.RunAsync("fleet get clusters");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(Shell.StatePath);
    }
}

public sealed class GetOnServerTests() : GetTests(onServer: true);

public abstract class GetTests(bool onServer) : OnBackend(onServer)
{
    [Fact]
    public async Task Clusters_are_listed()
    {
        await Shell.DeclareAsync();

        (await Shell.RunAsync("fleet get clusters")).Output.ShouldBe("""
            NAME   ACCOUNT        REGION      POOLS   IDENTITY
            prod   012345678901   eu-west-1   2       not pinned yet

            """);
    }

    [Fact]
    public async Task Pools_are_listed_with_the_run_that_is_under_way()
    {
        await Shell.DeclareAsync();
        await Shell.StartRunAsync("r-1", RunPhase.Waiting);

        (await Shell.RunAsync("fleet get pools")).Output.ShouldBe("""
            CLUSTER   NAME      GROUPS                IMAGE   SURGE   UNAVAILABLE   RUN
            prod      batch     batch-a               -       10%     0             -
            prod      workers   workers-a,workers-b   -       10%     0             r-1 waiting

            """);
        (await Shell.RunAsync("fleet get nodepools -o wide")).Output.ShouldContain("team=core");
    }

    [Fact]
    public async Task The_YAML_of_all_applies_again_without_a_change()
    {
        await Shell.DeclareAsync();
        var yaml = (await Shell.RunAsync("fleet get clusters -o yaml")).Output + "---\n" + (await Shell.RunAsync("fleet get nodepools -o yaml")).Output;

        var ran = await Shell.RunAsync("fleet apply -f -", yaml);

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Output.Split('\n').Count(line => line.StartsWith("unchanged", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task The_JSON_of_all_applies_again_without_a_change()
    {
        await Shell.DeclareAsync();
        var json = Shell.Write("pools.json", (await Shell.RunAsync("fleet get nodepools -o json")).Output);

        var ran = await Shell.RunAsync(["apply", "-f", json]);

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Output.ShouldNotContain("update");
    }

    [Fact]
    public async Task One_resource_is_given_as_it_was_put_with_its_status_beside_it()
    {
        await Shell.DeclareAsync();

        (await Shell.RunAsync("fleet get cluster prod -o yaml")).Output.ShouldBe("""
            apiVersion: fleet/v1
            kind: Cluster
            metadata:
              name: prod
            spec:
              account: "012345678901"
              region: eu-west-1
            status: {}

            """);
    }

    [Theory]
    [InlineData("fleet get cluster prdo", "there is no cluster 'prdo'; did you mean prod?")]
    [InlineData("fleet get pool prod/wrokers", "there is no node pool 'prod/wrokers'; did you mean prod/workers")]
    [InlineData("fleet get pool wrokers", "there is no node pool 'wrokers'; did you mean workers")]
    [InlineData("fleet describe pool x", "there is no node pool 'x'; there are: batch, prod/batch, prod/workers, workers")]
    [InlineData("fleet get nodes", "'nodes' is no kind; allowed: cluster, nodepool, schedule or recipe")]
    [InlineData("fleet get clusters -o xml", "'xml'")]
    [InlineData("fleet gte clusters", "'gte'")]
    public async Task What_does_not_exist_is_refused_with_the_nearest_names(string line, string message)
    {
        await Shell.DeclareAsync();

        var ran = await Shell.RunAsync(line);

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(message);
        ran.Output.ShouldBe("");
    }

    [Fact]
    public async Task Describe_writes_the_defaults_out()
    {
        await Shell.DeclareAsync();
        await Shell.StartRunAsync("r-1", RunPhase.Succeeded);

        var output = (await Shell.RunAsync("fleet describe nodepool prod/workers")).Output;

        output.ShouldContain("drainTimeout: 15m");
        output.ShouldContain("loadBalancerWait: 5m");
        output.ShouldContain("id: r-1");
    }

    [Fact]
    public async Task Delete_forgets_a_pool_then_its_cluster()
    {
        await Shell.DeclareAsync();

        (await Shell.RunAsync("fleet delete cluster prod --yes")).Error.ShouldContain("cluster prod still has the pools batch, workers");
        (await Shell.RunAsync("fleet delete pool prod/workers")).ExitCode.ShouldBe(2);
        (await Shell.RunAsync("fleet delete pool prod/workers --yes")).ExitCode.ShouldBe(0);
        (await Shell.RunAsync("fleet delete pool batch --yes")).ExitCode.ShouldBe(0);
        (await Shell.RunAsync("fleet delete cluster prod --yes")).Output.ShouldBe("delete     Cluster prod\n");

        (await Shell.StoredClustersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pool_with_a_run_under_way_is_not_deleted()
    {
        await Shell.DeclareAsync();
        await Shell.StartRunAsync("r-1", RunPhase.Stopped);

        var ran = await Shell.RunAsync("fleet delete pool workers --yes");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("run r-1 on prod/workers is stopped; cancel it first: fleet runs cancel r-1");
    }
}
