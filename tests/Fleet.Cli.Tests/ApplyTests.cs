namespace Fleet.Cli.Tests;

public sealed class ApplyOnStoreTests() : ApplyTests(onServer: false)
{
    [Fact]
    public async Task A_cluster_that_first_answers_later_is_pinned_then()
    {
        await Shell.DeclareAsync();
        Shell.Identities["prod"] = "uid-1";

        await Shell.DeclareAsync();

        (await Shell.StoredClustersAsync())[0].KubeSystemUid.ShouldBe("uid-1");
    }
}

public sealed class ApplyOnServerTests() : ApplyTests(onServer: true)
{
    [Fact]
    public async Task What_the_server_refuses_in_the_midst_leaves_nothing_applied()
    {
        const string Led = "---\napiVersion: fleet/v1\nkind: Cluster\nmetadata: {name: led}\nspec: {account: \"012345678901\", region: eu-west-1, kubeconfig: /root/.kube/config}\n";

        var ran = await Shell.RunAsync("fleet apply -f - --yes", Documents.Prod + Led);

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("spec.kubeconfig '/root/.kube/config' is no name");
        (await Shell.StoredClustersAsync()).ShouldBeEmpty();
    }
}

public abstract class ApplyTests(bool onServer) : OnBackend(onServer)
{
    private const string Note = "note: the API server of prod was not reached; its identity is pinned when it first answers\n";

    [Fact]
    public async Task What_is_new_is_created_and_the_plan_says_so()
    {
        var ran = await Shell.RunAsync(["apply", "-f", Shell.Write("prod.yaml", Documents.Prod), "--yes"]);

        ran.ExitCode.ShouldBe(0);
        ran.Output.ShouldBe("""
            create     Cluster prod
            create     NodePool prod/workers
            create     NodePool prod/batch

            """ + (OnServer ? "" : Note));
        ran.Error.ShouldContain(OnServer ? Note : "Applied.");
        (await Shell.RunAsync("fleet get clusters")).Output.ShouldContain("012345678901");
    }

    [Fact]
    public async Task What_changes_is_shown_field_by_field_and_what_does_not_is_unchanged()
    {
        await Shell.DeclareAsync();
        var changed = Shell.Write("prod.yaml", Documents.Prod.Replace("10%", "3").Replace("    team: core", "    team: core\n    tier: x"));

        var ran = await Shell.RunAsync(["apply", "-f", changed, "--yes"]);

        ran.Output.ShouldContain("unchanged  Cluster prod");
        ran.Output.ShouldContain("update     NodePool prod/workers\n             metadata.labels.tier: (not set) -> \"x\"\n             spec.rotation.maxSurge: \"10%\" -> 3\n");
        (await Shell.RunAsync("fleet get nodepool prod/workers -o json")).Output.ShouldContain("\"maxSurge\": 3");
    }

    [Fact]
    public async Task Nothing_to_change_asks_nothing_and_is_done()
    {
        await Shell.DeclareAsync();

        var ran = await Shell.RunAsync(["apply", "-f", Shell.Write("prod.yaml", Documents.Prod)]);

        ran.ExitCode.ShouldBe(0);
        ran.Output.ShouldNotContain("create");
    }

    [Fact]
    public async Task Without_a_terminal_and_without_yes_it_is_refused_after_the_plan()
    {
        var ran = await Shell.RunAsync(["apply", "-f", Shell.Write("prod.yaml", Documents.Prod)]);

        ran.ExitCode.ShouldBe(2);
        ran.Output.ShouldContain("create     Cluster prod");
        ran.Error.ShouldContain("--yes");
        (await Shell.StoredClustersAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("y", 0, 1)]
    [InlineData("YES", 0, 1)]
    [InlineData("n", 2, 0)]
    [InlineData("", 2, 0)]
    public async Task A_person_is_asked(string answer, int exitCode, int clusters)
    {
        Shell.Answer = answer;

        var ran = await Shell.RunAsync(["apply", "-f", Shell.Write("prod.yaml", Documents.Prod)]);

        ran.ExitCode.ShouldBe(exitCode);
        ran.Error.ShouldContain("Go ahead? [y/N]");
        (await Shell.StoredClustersAsync()).Count.ShouldBe(clusters);
    }

    [Fact]
    public async Task A_dry_run_ends_after_the_plan()
    {
        var ran = await Shell.RunAsync(["apply", "-f", Shell.Write("prod.yaml", Documents.Prod), "--dry-run"]);

        ran.ExitCode.ShouldBe(0);
        ran.Output.ShouldContain("create     Cluster prod");
        (await Shell.StoredClustersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_standard_input_is_read_and_cannot_answer_as_well()
    {
        (await Shell.RunAsync("fleet apply -f - --yes", Documents.Prod)).ExitCode.ShouldBe(0);

        (await Shell.RunAsync("fleet apply -f -", Documents.Prod.Replace("10%", "5"))).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task All_errors_of_all_files_come_at_once_and_nothing_is_stored()
    {
        var good = Shell.Write("a.yaml", Documents.Prod);
        var bad = Shell.Write("b.yaml", "apiVersion: fleet/v1\nkind: NodePool\nmetadata: {name: x}\nspec:\n  cluster: prdo\n  groups: [workers-a]\n  rotation: {maxSurge: 120%}\n");
        var broken = Shell.Write("c.yaml", "a:  ]");
        var missing = Shell.Write("d.yaml", "") + ".gone";

        var ran = await Shell.RunAsync(["apply", "-f", good, "-f", bad, "-f", broken, "-f", missing, "--yes"]);

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain($"{bad}:5:12: spec.cluster: there is no cluster 'prdo'; did you mean prod?");
        ran.Error.ShouldContain($"{bad}:7:24: spec.rotation.maxSurge is '120%'; allowed: a count like 3, or a percentage from 0% to 100%");
        ran.Error.ShouldContain($"{broken}:1:5: no valid YAML");
        ran.Error.ShouldContain($"{missing} cannot be read");
        ran.Error.ShouldContain("4 errors, nothing was changed");
        (await Shell.StoredClustersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_stands_for_its_documents()
    {
        var folder = Path.GetDirectoryName(Shell.Write("prod.yaml", Documents.Prod))!;

        (await Shell.RunAsync(["apply", "-f", folder, "--yes"])).ExitCode.ShouldBe(0);

        (await Shell.StoredClustersAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_identity_of_a_cluster_that_answers_is_pinned()
    {
        Shell.Identities["prod"] = "uid-1";

        await Shell.DeclareAsync();

        (await Shell.StoredClustersAsync())[0].KubeSystemUid.ShouldBe("uid-1");
        (await Shell.RunAsync("fleet get cluster prod")).Output.ShouldContain("pinned");
    }

    [Fact]
    public async Task Another_cluster_under_the_same_name_is_refused()
    {
        Shell.Identities["prod"] = "uid-1";
        await Shell.DeclareAsync();
        Shell.Identities["prod"] = "uid-2";

        var ran = await Shell.RunAsync(["apply", "-f", Shell.Write("prod.yaml", Documents.Prod.Replace("10%", "5")), "--yes"]);

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("pinned to the kube-system uid uid-1, not uid-2");
        (await Shell.RunAsync("fleet get nodepool workers -o json")).Output.ShouldContain("10%");
    }

    [Fact]
    public async Task The_plan_is_given_as_JSON()
    {
        var ran = await Shell.RunAsync(["apply", "-f", Shell.Write("prod.yaml", Documents.Prod), "--dry-run", "-o", "json"]);

        using var json = System.Text.Json.JsonDocument.Parse(ran.Output);
        json.RootElement.GetProperty("plan")[1].GetProperty("resource").GetString().ShouldBe("NodePool prod/workers");
    }
}
