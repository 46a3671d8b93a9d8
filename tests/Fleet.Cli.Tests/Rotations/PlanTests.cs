using System.Text.Json.Nodes;

namespace Fleet.Cli.Tests.Rotations;

/// <summary>The plan of <c>fleet rotate --dry-run</c> names all that is in the way before anything is written.</summary>
public sealed class PlanTests : IAsyncLifetime
{
    private const string Rotation = "{maxSurge: 2, drainRules: [{matchLabels: {app: driver}, class: waitForCompletion}, {matchLabels: {app: database}, class: last}]}";
    private const string Command = $"fleet rotate site/workers --image {SmallWorlds.New} --dry-run";

    private Site _site = null!;
    private Shell _shell = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.OpenAsync(SmallWorlds.Obstacles(), speed: 1);
        _shell = await _site.DeclaredAsync(Rotation);
    }

    public async Task DisposeAsync()
    {
        _shell.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task It_shows_nodes_in_order_budgets_blockers_downtime_calls_and_a_forecast_and_writes_nothing()
    {
        var before = _site.Writes().Count;

        var ran = await _shell.RunAsync(Command);

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Output.ShouldContain("Rotate site/workers to ami-00000002: 4 of 4 instances are outdated; surge 2, unavailable 0");
        ran.Output.ShouldContain("with ami-00000002 (was ami-00000001), pinned by number");
        ran.Output.ShouldContain("max raised from 4 to at most 6 for the run");
        Column(ran.Output, "#   NODE", "REMARK").ShouldBe(["canary", "-", "-", "last: one at a time after all others"]);
        Row(ran.Output, "default/web").ShouldBe(["default/web", "maxUnavailable 1", "1", "1", "8", "4"]);
        Row(ran.Output, "shop/stubborn").ShouldBe(["shop/stubborn", "minAvailable 100%", "0", "0", "2", "2"]);
        Section(ran.Output, "Pods that block until a person acts").ShouldBe(
        [
            "poddisruptionbudget shop/stubborn can never allow a disruption: 2 of 2 pods must be healthy; raise the replicas or loosen the budget by one",
            $"pod default/debug-0 on {NodeOf("debug")} has no controller that would make it again; delete it or run it under a controller: kubectl delete pod -n default debug-0",
        ], ignoreOrder: true);
        Section(ran.Output, "Pods that are waited for until they end").ShouldHaveSingleItem().ShouldContain("is left until it ends by itself");
        Section(ran.Output, "Downtime").Select(line => line.Split(" (")[0]).ShouldBe(["deployment default/lonely: one replica and no budget", "statefulset default/database: one replica and no budget"]);
        Section(ran.Output, "Pods whose emptyDir data is lost").ShouldAllBe(pod => pod.StartsWith("default/cache-", StringComparison.Ordinal));
        ran.Output.ShouldMatch(@"Forecast: about \d+m\d+s, not less than \d+m\d+s \(4 nodes in 2 slots at a time; a boot is taken as \d+s\)\. About \d+ AWS and \d+ Kubernetes calls\.");
        _site.Writes().Count.ShouldBe(before);
        (await _shell.RunAsync("fleet runs list")).Error.ShouldBe("No runs.\n");
    }

    [Fact]
    public async Task It_is_given_as_JSON_and_YAML()
    {
        var plan = JsonNode.Parse((await _shell.RunAsync($"{Command} -o json")).Output)!["plan"]!;

        plan["nodes"]!.AsArray().Count.ShouldBe(4);
        plan["blockers"]!.AsArray().Select(blocker => (string)blocker!["code"]!).ShouldBe(["bare-pod", "budget-never"], ignoreOrder: true);
        plan["downtime"]!.AsArray().Select(downtime => (string)downtime!["owner"]!).ShouldBe(["deployment default/lonely", "statefulset default/database"]);
        ((int)plan["forecast"]!["expectedSeconds"]!).ShouldBeGreaterThan((int)plan["forecast"]!["lowerBoundSeconds"]!);
        ((string)plan["forecast"]!["bindingConstraint"]!).ShouldBe("4 nodes in 2 slots at a time");
        ((int)plan["calls"]!["aws"]!).ShouldBeGreaterThan(0);
        ((int)plan["calls"]!["kubernetes"]!).ShouldBeGreaterThan(14, "there are fourteen pods to be evicted");
        (await _shell.RunAsync($"{Command} -o yaml")).Output.ShouldContain("bindingConstraint: 4 nodes in 2 slots at a time");
    }

    [Fact]
    public async Task What_this_run_alone_does_otherwise_is_in_the_plan()
    {
        var plan = (await _shell.RunAsync($"{Command} --max-surge 50% --max-unavailable 1 --drain-timeout 5m --on-drain-timeout force --force-until 2h")).Output;

        plan.ShouldContain("surge 2, unavailable 1");
        plan.ShouldContain("pods that are left after 5m are deleted past their budgets, until ");
    }

    [Fact]
    public async Task A_person_who_does_not_agree_changes_nothing()
    {
        var before = _site.Writes().Count;
        _shell.Answer = "n";

        var ran = await _shell.RunAsync(Command.Replace(" --dry-run", ""));

        ran.ExitCode.ShouldBe(2);
        ran.Output.ShouldContain("4 of 4 instances are outdated");
        ran.Error.ShouldContain("Go ahead? [y/N]");
        _site.Writes().Count.ShouldBe(before);
    }

    private string NodeOf(string app)
    {
        lock (_site.Host.World.Gate)
        {
            return _site.Host.World.Cluster.Pods.Objects.Single(pod => pod.Meta.Labels.GetValueOrDefault("app") == app).NodeName!;
        }
    }

    private static List<string> Section(string output, string title) =>
        [.. output.Split('\n').SkipWhile(line => line != $"{title}:").Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim())];

    private static string[] Row(string output, string first) =>
        output.Split('\n').Single(line => line.StartsWith($"{first} ", StringComparison.Ordinal)).Split("   ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static List<string> Column(string output, string start, string name)
    {
        var table = output.Split('\n').SkipWhile(line => !line.StartsWith(start, StringComparison.Ordinal)).TakeWhile(line => line.Length > 0).ToList();
        var at = table[0].IndexOf(name, StringComparison.Ordinal);
        return [.. table.Skip(1).Select(line => line[at..].Trim())];
    }
}
