using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations.Crash;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Xunit.Abstractions;

namespace Fleet.Core.Tests.Rotations.Hooks;

/// <summary>Whenever a run rests, what is written elsewhere is the image of the version that its groups are pinned to: wherever it was killed, asked or refused on the way. The test command takes some worlds, the campaign more.</summary>
public class HookCrashTests(ITestOutputHelper output)
{
    private static readonly RotationPolicy Policy = new() { LoadBalancerWait = TimeSpan.FromSeconds(60), MaxSurge = CountOrPercent.Count(2) };

    [Fact]
    public void A_run_that_is_killed_while_it_writes_writes_once_and_what_is_pinned()
    {
        var counting = new CrashPoint(0);
        var calm = Ran(counting, null).Writes;
        var early = Math.Min(60, counting.Crossings);
        output.WriteLine($"{early} of {counting.Crossings} points.");
        Campaigns.Check(Campaigns.Points(early, 1), point =>
        {
            var crash = new CrashPoint(point);
            var (wrong, writes) = Ran(crash, null);
            return wrong.Concat(writes > calm ? [$"{writes} writes, undisturbed {calm}"] : []).Select(what => $"killed {crash.Where} (point {point}): {what}");
        });
    }

    [Fact]
    public void Pin_and_place_agree_whenever_a_run_rests()
    {
        var count = Campaigns.Count("FLEET_HOOK_RUNS", 60);
        Campaigns.Check(Enumerable.Range(1, count), seed =>
        {
            var chance = new Random(seed);
            return Ran(new CrashPoint(chance.Next(3) == 0 ? chance.Next(1, 200) : 0), chance).Wrong.Select(what => $"seed {seed}: {what}");
        });
    }

    /// <summary>Drives a run to its end, disturbed by chance: requests at any time, calls of hooks that fail or of which the answer is lost.</summary>
    private static (IReadOnlyList<string> Wrong, int Writes) Ran(CrashPoint point, Random? chance)
    {
        using var stage = HookStage.Of(KilledRun.Prepare(point, Policy, HookStage.Hooked));
        if (chance is not null)
        {
            stage.World.Faults.Add(call => call is { Api: Api.Hook } && chance.Next(4) == 0 ? call.Writes && chance.Next(2) == 0 ? WorldFaultKind.TimeoutAfterSuccess : WorldFaultKind.ServerError : null);
            stage.After(TimeSpan.FromSeconds(chance.Next(20, 1500)), () => stage.Rehearsal.Ask(chance.Next(2) == 0 ? RunRequest.Pause : RunRequest.Cancel));
        }

        KilledRun.Drive(stage, point, TimeSpan.FromSeconds(20));
        var wrong = Disagreements(stage.World).Select(what => $"at rest as {stage.Rehearsal.Run.Phase}: {what}").ToList();
        if (!stage.Rehearsal.Run.Phase.IsFinal())
        {
            KilledRun.Drive(stage, point, TimeSpan.FromSeconds(20), () => stage.Answer(RunRequest.Resume, TimeSpan.FromMinutes(10)));
            wrong.AddRange(Disagreements(stage.World).Select(what => $"at its end as {stage.Rehearsal.Run.Phase}: {what}"));
        }

        wrong.AddRange(stage.Rehearsal.Run.Phase.IsFinal() ? [] : [$"the run is {stage.Rehearsal.Run.Phase}: {stage.Why}"]);
        wrong.AddRange(stage.Rehearsal.Ledger().Where(entry => entry.Status == LedgerStatus.Open).Select(entry => $"{entry.Kind} of {entry.Subject} is open"));
        return (wrong, stage.World.Log.Records.Count(call => call is { Verb: "write hook", Applied: true }));
    }

    private static IEnumerable<string> Disagreements(World world)
    {
        foreach (var group in world.Cloud.Groups.Values)
        {
            var version = long.TryParse(group.TemplateVersion, out var number) ? number : 1;
            var image = (string?)world.Cloud.Templates.Values.Single().Versions[version].Data["ImageId"];
            foreach (var (hook, value) in world.Hooks.Where(hook => hook.Value != image))
            {
                yield return $"{group.Name} is pinned to {version} with {image}, and {hook} holds {value}";
            }
        }
    }
}
