using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Simulation.Rehearsals;

namespace Fleet.Core.Tests.Rotations.Crash;

/// <summary>A rotation of six full nodes whose process dies at a point, and is taken up by another.</summary>
internal static class KilledRun
{
    public static Stage Prepare(CrashPoint point, RotationPolicy policy, Func<RotationSpec, RotationSpec>? adapt = null) => new(Worlds.Full(), policy, adapt: adapt, options: new RehearsalOptions
    {
        WrapStore = store => CrossingProxy.Of(store, point),
        Wrap = ports => ports with
        {
            Nodes = CrossingProxy.Of(ports.Nodes, point),
            Evictions = CrossingProxy.Of(ports.Evictions, point),
            Lock = CrossingProxy.Of(ports.Lock, point),
            Groups = CrossingProxy.Of(ports.Groups, point),
            Templates = CrossingProxy.Of(ports.Templates, point),
            Instances = CrossingProxy.Of(ports.Instances, point),
            Hooks = CrossingProxy.Of(ports.Hooks, point),
            Inventory = CrossingProxy.Of(ports.Inventory, point),
        },
    });

    /// <summary>Drives until the run rests; where the process dies on the way, the next one takes over after a gap.</summary>
    public static void Drive(Stage stage, CrashPoint point, TimeSpan gap) => Drive(stage, point, gap, () => stage.Drive());

    /// <summary>As the other, begun otherwise.</summary>
    public static void Drive(Stage stage, CrashPoint point, TimeSpan gap, Action begin)
    {
        try
        {
            begin();
        }
        catch (CrashException)
        {
            stage.World.Timeline.RunUntil(stage.World.Now + gap);
            point.Revive();
            stage.Rehearsal.Crash();
            stage.Drive();
        }
    }
}
