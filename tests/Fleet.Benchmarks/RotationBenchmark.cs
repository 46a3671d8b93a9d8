using System.Diagnostics;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Simulation;
using Fleet.Simulation.Bounds;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Records;
using Fleet.Simulation.Rehearsals;

namespace Fleet.Benchmarks;

/// <summary>Runs a rotation in virtual time and prints what it took, beside the bound that was reckoned before.</summary>
internal static class RotationBenchmark
{
    public static int Run(string name, World world, RotationSpec rotation, TextWriter output)
    {
        var bound = MakespanBound.Of(world, rotation);
        using var recorder = new RotationRecorder(world, RecordedRotation.Of(rotation, world));
        using var rehearsal = new Rehearsal(world, rotation);
        var stopwatch = Stopwatch.StartNew();
        var run = Drive(rehearsal, recorder, output);
        stopwatch.Stop();
        var figures = recorder.Figures(bound.Time, bound.Binding);
        var nodes = figures.Nodes.Total;
        var ratio = figures.Makespan.Seconds / bound.Time.TotalSeconds;

        output.WriteLine($"{name}: {nodes} nodes, run {run.Phase}");
        foreach (var reason in run.Phase == RunPhase.Succeeded ? [] : run.Reasons)
        {
            output.WriteLine($"  {reason.Sentence}");
        }

        output.WriteLine($"  makespan {figures.Makespan.Seconds:0} s, bound {bound.Time.TotalSeconds:0} s ({bound.Binding}), ratio {ratio:0.000}");
        foreach (var term in bound.Terms.Take(4))
        {
            output.WriteLine($"    {term.Name,-40} {term.Time.TotalSeconds,8:0} s");
        }

        output.WriteLine($"  nodes {figures.Nodes.Replaced} replaced, {figures.Nodes.Outdated} outdated, never fewer than {figures.Nodes.MinReadySchedulable} ready and schedulable");
        output.WriteLine($"  pods {figures.Pods.Moved} moved, {figures.Pods.Evictions} evictions ({(double)figures.Pods.Evictions / Math.Max(1, figures.Pods.Moved):0.000} a pod, at most {figures.Pods.MaxEvictionsPerPod})");
        output.WriteLine($"  budgets {figures.Budgets.Total}, broken {figures.Budgets.Broken}; undrained {figures.UndrainedTerminations}; below the capacity floor {recorder.BelowFloor.TotalSeconds:0} s; violations {recorder.Violations.Count}");
        foreach (var violation in recorder.Violations.Take(5))
        {
            output.WriteLine($"    {violation.At:HH:mm:ss} {violation.Rule}: {violation.Sentence}");
        }

        output.WriteLine($"  waits {figures.Waits.Length} budgets, {figures.Waits.Sum(wait => wait.Refusals)} refusals");
        Calls("AWS", world, Api.Aws, figures.Calls.Aws, nodes, output);
        Calls("Kubernetes", world, Api.Kubernetes, figures.Calls.Kubernetes, nodes, output);
        using var process = Process.GetCurrentProcess();
        output.WriteLine($"  steps {rehearsal.Steps}, wall {stopwatch.Elapsed.TotalSeconds:0.0} s, processor {process.TotalProcessorTime.TotalSeconds:0.0} s, peak memory {process.PeakWorkingSet64 >> 20} MiB");
        return run.Phase == RunPhase.Succeeded && recorder.Violations.Count == 0 ? 0 : 1;
    }

    private static Run Drive(Rehearsal rehearsal, RotationRecorder recorder, TextWriter output)
    {
        try
        {
            return rehearsal.Drive(TimeSpan.FromHours(24));
        }
        catch (TimeoutException never)
        {
            recorder.NeverEnded(never.Message);
            output.WriteLine(never.Message);
            return rehearsal.Run;
        }
    }

    private static void Calls(string api, World world, Api which, int total, int nodes, TextWriter output)
    {
        output.WriteLine($"  {api} calls {total}, {(double)total / nodes:0.00} a node");
        foreach (var verb in world.Log.Records.Where(call => call.Caller == "fleet" && call.Api == which).GroupBy(call => call.Verb).OrderByDescending(verb => verb.Count()))
        {
            output.WriteLine($"    {verb.Key,-40} {verb.Count(),8} {(double)verb.Count() / nodes,8:0.00}");
        }
    }
}
