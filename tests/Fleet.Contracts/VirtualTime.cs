using Fleet.Simulation;

namespace Fleet.Contracts;

/// <summary>Advances a world by itself, event by event.</summary>
public static class VirtualTime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    public static void Until(World world, Func<World, bool> so)
    {
        lock (world.Gate)
        {
            var end = world.Now + Limit;
            while (!so(world))
            {
                (world.Timeline.NextAt <= end && world.Timeline.RunNext()).ShouldBeTrue("the world came to its end, or 30 minutes passed, before it was so");
            }
        }
    }
}
