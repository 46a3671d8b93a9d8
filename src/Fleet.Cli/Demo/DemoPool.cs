using Fleet.Core.Inventory;
using Fleet.Simulation.Worlds;

namespace Fleet.Cli.Demo;

/// <summary>The pool that a demonstration declares for a world's rotation.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Target">What its instances shall become.</param>
internal sealed record DemoPool(NodePoolSpec Pool, Core.Rotations.RotationTarget Target)
{
    /// <summary>Three nodes of twelve at a time, and a deregistration delay as a target group for short requests has it.</summary>
    public static DemoPool Of(WorldSpec spec)
    {
        var rotation = spec.Rotation ?? throw RefusedException.Because(
            "no-rotation", "--world", spec.Name, "a world with spec.rotation", $"the world '{spec.Name}' has no spec.rotation: the demonstration does not know what to rotate");
        return new(
            new NodePoolSpec
            {
                Cluster = spec.Name,
                Name = rotation.Pool,
                Groups = rotation.Groups,
                Rotation = new RotationPolicy { MaxSurge = CountOrPercent.Percent(25), LoadBalancerWait = TimeSpan.FromSeconds(60) },
            },
            new Core.Rotations.RotationTarget { ImageId = rotation.ImageId });
    }
}
