using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Cli.Rotations;
using Fleet.Core.Runs;
using Fleet.Simulation.Records;

namespace Fleet.Cli.Demo;

/// <summary>What a demonstration came to: the world's own record, and what Fleet's ledger still has open.</summary>
/// <param name="Figures">The world's record.</param>
/// <param name="Open">Open entries of the undo ledger.</param>
internal sealed record DemoReport(RotationFigures Figures, int Open)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static DemoReport Of(RotationFigures figures, IEnumerable<LedgerEntry> ledger) => new(figures, ledger.Count(entry => entry.Status == LedgerStatus.Open));

    public JsonObject ToJson()
    {
        var document = JsonSerializer.SerializeToNode(Figures, Web)!.AsObject();
        document["undo"] = new JsonObject { ["open"] = Open };
        return document;
    }

    public void WriteTo(TextWriter output)
    {
        var (nodes, pods, group, makespan) = (Figures.Nodes, Figures.Pods, Figures.Group, Figures.Makespan);
        output.WriteLine();
        output.WriteLine("What the world recorded:");
        output.WriteLine($"  nodes      {nodes.Replaced} of {nodes.Total} replaced, {nodes.Outdated} outdated; never fewer than {nodes.MinReadySchedulable} ready and schedulable");
        output.WriteLine($"  pods       {pods.Moved} to move, {pods.Evictions} evictions, at most {pods.MaxEvictionsPerPod} of a pod");
        output.WriteLine($"  budgets    {Figures.Budgets.Total}, broken {Figures.Budgets.Broken}; owners without a budget taken too low: {Figures.OwnersBelowImplicitBudget}");
        output.WriteLine($"  instances  terminated undrained: {Figures.UndrainedTerminations}");
        output.WriteLine($"  group      desired {group.DesiredBefore} → {group.DesiredAfter}, max {group.MaxBefore} → {group.MaxAfter}, protected {group.ProtectedAfter}, version {group.PinnedVersion}");
        output.WriteLine($"  time       {Elapsed.Of(TimeSpan.FromSeconds(makespan.Seconds))}, not less than {Elapsed.Of(TimeSpan.FromSeconds(makespan.LowerBoundSeconds ?? 0))} ({makespan.BindingConstraint})");
        output.WriteLine($"  calls      {Figures.Calls.Aws} AWS, {Figures.Calls.Kubernetes} Kubernetes");
        output.WriteLine($"  undo       {Open} open");
        var margin = "waits";
        foreach (var wait in Figures.Waits)
        {
            var refused = wait.Refusals > 0 ? $", {wait.Refusals} evictions refused" : "";
            output.WriteLine($"  {margin,-10} {wait.Seconds:0} s for budget {wait.Object[(wait.Object.IndexOf(' ', StringComparison.Ordinal) + 1)..]}{refused}");
            margin = "";
        }
    }
}
