using System.Collections.Immutable;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations.Crash;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Records;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>One drawn world, rotated, with what the world's own record says of it.</summary>
internal sealed record WorldRun(int Seed, RunPhase Phase, ImmutableArray<string> Violations, ImmutableSortedSet<string> Seen)
{
    /// <summary>The rules that the world saw broken; nothing that Fleet says of itself.</summary>
    public ImmutableSortedSet<SafetyRule> Broken { get; init; } = [];

    /// <summary>What it ended with: the phase, and the codes of the reasons for which it still stands.</summary>
    public string End { get; init; } = $"{Phase}";

    /// <summary>Rotates a drawn world. Where a drawn world's pods do not fit it at all, null.</summary>
    public static WorldRun? Of(int seed, Func<RehearsalOptions, RehearsalOptions>? adapt = null, Action<string>? tell = null)
    {
        var drawn = WorldGenerator.Draw(seed);
        var crash = drawn.ReusedName > 0 ? new CrashPoint(drawn.ReusedName, "after IScalingGroups.TerminateAsync") : new CrashPoint(drawn.CrashAt);
        var meddling = new Meddling(drawn);
        var options = new RehearsalOptions { Seed = seed, Wrap = ports => Crossing(ports, crash), WrapStore = store => meddling.Of(CrossingProxy.Of(store, crash)) };
        try
        {
            using var stage = new Stage(drawn.World, drawn.Policy, seed, drawn.Asked, adapt?.Invoke(options) ?? options, drawn.Start);
            meddling.Begin(stage);
            var run = Rotate(stage, drawn, crash);
            if (tell is not null)
            {
                Story.Tell(stage, drawn, tell);
            }

            return run;
        }
        catch (WorldNotSettledException)
        {
            return null;
        }
    }

    private static WorldRun Rotate(Stage stage, RandomWorld drawn, CrashPoint crash)
    {
        using var recorder = new RotationRecorder(stage.World, RecordedRotation.Of(stage.Spec, stage.World));
        var seen = drawn.Faults.ToBuilder();
        var failed = new HashSet<(string Verb, string Subject)>();
        stage.World.Log.Recorded += call => See(call, seen, failed);
        Others.Arrange(stage, drawn);
        foreach (var (at, what, act) in drawn.Events)
        {
            stage.After(at, () =>
            {
                Try(() => act(stage));
                if (what == "cancel")
                {
                    recorder.GivenUp();
                }
            });
        }

        var extra = new List<string>();
        try
        {
            Persist(stage, drawn, crash, recorder, seen);
        }
        catch (TimeoutException late)
        {
            recorder.NeverEnded(late.Message);
        }

        extra.AddRange(recorder.Violations.Select(violation => $"{violation.At - drawn.Start:d\\.hh\\:mm\\:ss} {violation.Rule}: {violation.Sentence}"));
        extra.AddRange(Left(stage));
        return new WorldRun(drawn.Seed, stage.Rehearsal.Run.Phase, [.. extra.Select(what => $"seed {drawn.Seed}: {what}")], seen.ToImmutable())
        {
            End = string.Join(", ", stage.Rehearsal.Run.Reasons.Select(reason => reason.Code).Where(_ => stage.Rehearsal.Run.Phase == RunPhase.Stopped).Distinct().Prepend($"{stage.Rehearsal.Run.Phase}")),
            Broken = [.. recorder.Violations.Select(violation => violation.Rule)],
        };
    }

    /// <summary>A person answers a run that rests: a pause is lifted, a stop is mended and resumed twice, then cancelled.</summary>
    private static void Persist(Stage stage, RandomWorld drawn, CrashPoint crash, RotationRecorder recorder, ImmutableSortedSet<string>.Builder seen)
    {
        for (var answers = 0; ; answers++)
        {
            var phase = Drive(stage, drawn, crash, recorder);
            if (phase.IsFinal())
            {
                recorder.Ended();
                return;
            }

            recorder.Rested();
            if (answers == 3)
            {
                return;
            }

            seen.Add(phase == RunPhase.Stopped ? "stop" : "rest");
            stage.World.Timeline.RunUntil(stage.World.Now + TimeSpan.FromMinutes(10));
            if (answers == 1)
            {
                stage.World.Faults.Clear();
            }

            if (answers == 2)
            {
                recorder.GivenUp();
            }

            stage.Rehearsal.Ask(answers == 2 ? RunRequest.Cancel : RunRequest.Resume);
        }
    }

    private static RunPhase Drive(Stage stage, RandomWorld drawn, CrashPoint crash, RotationRecorder recorder)
    {
        while (true)
        {
            try
            {
                return stage.Drive(drawn.Hours);
            }
            catch (CrashException)
            {
                recorder.Died();
                stage.World.Timeline.RunUntil(stage.World.Now + drawn.Absence);
                crash.Revive();
                stage.Rehearsal.Crash();
            }
        }
    }

    /// <summary>What a run that has ended must not leave behind.</summary>
    private static IEnumerable<string> Left(Stage stage)
    {
        if (!stage.Rehearsal.Run.Phase.IsFinal())
        {
            yield break;
        }

        foreach (var entry in stage.Rehearsal.Ledger().Where(entry => entry.Status == LedgerStatus.Open))
        {
            yield return $"ended {stage.Rehearsal.Run.Phase} with {entry.Kind} of {entry.Subject} open";
        }

        if (stage.Rehearsal.Run.Phase == RunPhase.Succeeded)
        {
            foreach (var instance in stage.World.Cloud.Instances.Values.Where(instance => instance is { Lifecycle: "InService", ImageId: not "ami-new" }))
            {
                yield return $"succeeded and {instance.Id} still has {instance.ImageId}";
            }
        }
    }

    private static void See(CallRecord call, ImmutableSortedSet<string>.Builder seen, HashSet<(string Verb, string Subject)> failed)
    {
        if (call.Caller != "fleet")
        {
            return;
        }

        if (call is { Answer: 429, Verb: "create pods/eviction" })
        {
            seen.Add("429");
        }

        // A retry is the same verb on the same object, after it was refused or not answered.
        if (call.Writes && failed.Contains((call.Verb, call.Subject)))
        {
            seen.Add("retry");
        }

        _ = call.Error is null ? failed.Remove((call.Verb, call.Subject)) : failed.Add((call.Verb, call.Subject));
    }

    private static Fleet.Core.Rotations.RotationPorts Crossing(Fleet.Core.Rotations.RotationPorts ports, CrashPoint point) => ports with
    {
        Nodes = CrossingProxy.Of(ports.Nodes, point),
        Evictions = CrossingProxy.Of(ports.Evictions, point),
        Lock = CrossingProxy.Of(ports.Lock, point),
        Groups = CrossingProxy.Of(ports.Groups, point),
        Templates = CrossingProxy.Of(ports.Templates, point),
        Instances = CrossingProxy.Of(ports.Instances, point),
        Inventory = CrossingProxy.Of(ports.Inventory, point),
    };

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (CallRefusedException)
        {
            // The others are refused like anybody: a desired capacity out of bounds, a budget that permits nothing.
        }
    }
}
