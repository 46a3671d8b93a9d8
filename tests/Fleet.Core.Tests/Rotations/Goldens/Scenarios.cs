using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations.Goldens;

/// <summary>The runs that are told.</summary>
internal static class Scenarios
{
    private static readonly RotationPolicy Policy = new() { LoadBalancerWait = TimeSpan.FromSeconds(60) };
    private static readonly string[] Zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];

    public static readonly IReadOnlyDictionary<string, Scenario> All = new Dictionary<string, Scenario>
    {
        ["plain"] = Ends(() => new Stage(Worlds.Plain(6)), RunPhase.Succeeded),
        ["nothing-outdated"] = Ends(() => new Stage(Worlds.Plain(3), adapt: spec => spec with { Target = new() { ImageId = "ami-old" } }), RunPhase.Succeeded),
        ["template-version"] = new(
            () => new Stage(Worlds.Plain(3), adapt: spec => spec with { Target = new() { TemplateVersion = 2 } }),
            stage =>
            {
                stage.Account.CreateLaunchTemplateVersion(null, "workers", new() { ["ImageId"] = "ami-new" }, "1");
                stage.Drive().ShouldBe(RunPhase.Succeeded);
            }),
        ["zonal-stateful-set"] = Ends(() => new Stage(Worlds.Zonal(), Policy with { MaxSurge = CountOrPercent.Count(2) }), RunPhase.Succeeded),
        ["surge-0-unavailable-1"] = Ends(() => new Stage(Worlds.Plain(4), Policy with { MaxSurge = CountOrPercent.Count(0), MaxUnavailable = CountOrPercent.Count(1) }), RunPhase.Succeeded),
        ["group-per-zone"] = Ends(() => new Stage(Worlds.GroupPerZone(2), Policy with { MaxSurge = CountOrPercent.Count(3) }), RunPhase.Succeeded),
        ["never-joining-boot"] = Ends(() => new Stage(Worlds.Plain(4) with { Faults = new() { NeverBoots = [2] } }), RunPhase.Succeeded),
        ["broken-image"] = Ends(() => new Stage(Worlds.Plain(4) with { Images = [new ImageSpec { Id = "ami-old" }, new ImageSpec { Id = "ami-new", NeverReady = true }] }), RunPhase.Stopped),
        ["broken-image-with-hook"] = Ends(() => Hooks.HookStage.Of(new Stage(Worlds.Plain(4) with { Images = [new ImageSpec { Id = "ami-old" }, new ImageSpec { Id = "ami-new", NeverReady = true }] }, adapt: Hooks.HookStage.Hooked)), RunPhase.Stopped),
        ["budget-never-permits"] = Ends(() => new Stage(Worlds.Stuck()), RunPhase.Stopped),
        ["drain-timeout-stop"] = new(
            () => new Stage(Worlds.Plain(4)),
            stage =>
            {
                stage.DriveUntil(state => state.Slots.Any(slot => slot.Phase == SlotPhase.Draining));
                Budget(stage, "100%");
                stage.Drive().ShouldBe(RunPhase.Stopped, stage.Why);
            }),
        ["drain-timeout-quarantine"] = new(
            () => new Stage(Worlds.Plain(4), Policy with { MaxSurge = CountOrPercent.Count(2), OnDrainTimeout = DrainTimeoutAction.Quarantine }),
            stage =>
            {
                stage.DriveUntil(state => state.CanaryPassed && state.Slots.Any(slot => slot.Phase == SlotPhase.Draining));
                Budget(stage, "100%");
                stage.DriveUntil(state => !state.Quarantined.IsEmpty);
                Budget(stage, "6");
                stage.Drive().ShouldBe(RunPhase.Stopped, stage.Why);
                stage.Answer(RunRequest.Resume, TimeSpan.FromMinutes(5)).ShouldBe(RunPhase.Succeeded, stage.Why);
            }),
        ["outside-scale-in"] = new(
            () => new Stage(Worlds.Plain(6)),
            stage =>
            {
                stage.After(TimeSpan.FromMinutes(12), () => stage.Account.SetDesiredCapacity("workers", stage.World.Cloud.Groups["workers"].Desired - 2));
                stage.Drive().ShouldBe(RunPhase.Succeeded);
                stage.World.Cloud.Groups["workers"].Desired.ShouldBe(4);
            }),
        ["outside-scale-out"] = new(
            () => new Stage(Worlds.Plain(6) with { Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = 6, Max = 12 }] }),
            stage =>
            {
                stage.After(TimeSpan.FromMinutes(12), () => stage.Account.SetDesiredCapacity("workers", stage.World.Cloud.Groups["workers"].Desired + 2));
                stage.Drive().ShouldBe(RunPhase.Succeeded);
                stage.World.Cloud.Groups["workers"].Desired.ShouldBe(8);
            }),
        ["pause-and-resume"] = new(
            () => new Stage(Worlds.Plain(4)),
            stage =>
            {
                stage.After(TimeSpan.FromMinutes(8), () => stage.Rehearsal.Ask(RunRequest.Pause));
                stage.Drive().ShouldBe(RunPhase.Paused);
                stage.Answer(RunRequest.Resume, TimeSpan.FromMinutes(20)).ShouldBe(RunPhase.Succeeded);
            }),
        ["cancel-before-canary"] = new(
            () => new Stage(Worlds.Plain(4)),
            stage =>
            {
                stage.DriveUntil(state => state.Groups.Values.Any(group => group.Raised > 0));
                stage.Rehearsal.Ask(RunRequest.Cancel);
                stage.Drive().ShouldBe(RunPhase.Cancelled);
            }),
        ["cancel-after-canary"] = new(
            () => new Stage(Worlds.Plain(6)),
            stage =>
            {
                stage.DriveUntil(state => state.Replaced == 2);
                stage.Rehearsal.Ask(RunRequest.Cancel);
                stage.Drive().ShouldBe(RunPhase.Cancelled);
            }),
        ["capacity-refused"] = Ends(
            () => new Stage(Worlds.Plain(4) with { Faults = new() { Outages = [.. Zones.Select(zone => new OutageSpec(zone, TimeSpan.Zero, TimeSpan.FromMinutes(20)))] } }), RunPhase.Succeeded),
        ["checkpoint-with-soak"] = Ends(() => new Stage(Worlds.Plain(4), Policy with { Checkpoints = [new Checkpoint(50, TimeSpan.FromMinutes(30))] }), RunPhase.Succeeded),
        ["maintenance-window"] = Ends(() => new Stage(Worlds.Plain(4), adapt: spec => spec with { Pool = spec.Pool with { Maintenance = Nightly("03:30", "03:40") } }), RunPhase.Succeeded),
        ["maintenance-window-waived"] = Ends(
            () => new Stage(Worlds.Plain(2), adapt: spec => spec with { Cluster = spec.Cluster with { Maintenance = Nightly("04:00", "05:00") }, Waiver = new(Worlds.Start + TimeSpan.FromHours(1), "CVE") }),
            RunPhase.Succeeded),
        ["drain-classes"] = Ends(
            () => new Stage(Worlds.Classes(), Policy with
            {
                MaxSurge = CountOrPercent.Count(3),
                DrainRules =
                [
                    new DrainRule { Class = DrainClass.Last, MatchLabels = new Dictionary<string, string> { ["app"] = "database" } },
                    new DrainRule { Class = DrainClass.WaitForCompletion, MatchLabels = new Dictionary<string, string> { ["app"] = "driver" } },
                ],
            }), RunPhase.Succeeded),
        ["zonal-volume-without-room"] = Ends(() => new Stage(Worlds.Classes(), Policy with { MaxSurge = CountOrPercent.Count(1) }), RunPhase.Stopped),
        ["zonal-volume-widens-surge"] = Ends(() => new Stage(Worlds.Classes()), RunPhase.Succeeded),
        ["owner-without-budget"] = Ends(() => new Stage(Worlds.Plain(4) with { Budgets = [] }, Policy with { MaxSurge = CountOrPercent.Count(4) }), RunPhase.Succeeded),
        ["not-ready-node-first"] = new(
            () => new Stage(Worlds.Plain(4)),
            stage =>
            {
                var node = stage.World.Cluster.Nodes.Objects.Last();
                stage.World.Cluster.Nodes.Put(node with { Ready = false, ReadyChanged = stage.World.Now });
                stage.Drive().ShouldBe(RunPhase.Succeeded);
            }),
        ["permission-denied-midway"] = new(
            () => new Stage(Worlds.Plain(4)),
            stage =>
            {
                stage.After(TimeSpan.FromMinutes(10), () => stage.World.Faults.Deny("TerminateInstanceInAutoScalingGroup", "fleet"));
                stage.Drive().ShouldBe(RunPhase.Stopped);
                stage.World.Faults.Clear();
                stage.Answer(RunRequest.Resume, TimeSpan.FromMinutes(5)).ShouldBe(RunPhase.Succeeded);
            }),
    };

    private static void Budget(Stage stage, string least)
    {
        var budget = stage.World.Cluster.Budgets.Objects.Single(budget => budget.Meta.Name == "web");
        stage.Cluster.Update("poddisruptionbudgets.policy", budget with { MinAvailable = least, MaxUnavailable = null }, null);
    }

    private static MaintenanceSpec Nightly(string start, string end) => new() { Zone = "Europe/Berlin", Windows = [new([.. Enum.GetValues<DayOfWeek>()], TimeSpan.Parse(start), TimeSpan.Parse(end))] };

    private static Scenario Ends(Func<Stage> set, RunPhase phase) => new(set, stage => stage.Drive().ShouldBe(phase, stage.Why));
}
