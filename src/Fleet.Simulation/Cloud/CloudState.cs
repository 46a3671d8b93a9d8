namespace Fleet.Simulation.Cloud;

/// <summary>The AWS half of the world. Guarded by <see cref="World.Gate"/>.</summary>
public sealed class CloudState(World world)
{
    /// <summary>The world around.</summary>
    public World World => world;

    /// <summary>Raised when an instance has entered state running (its machine begins to boot).</summary>
    public event Action<string>? InstanceStarted;

    /// <summary>Raised when an instance has begun to shut down: the kubelet falls silent and its pods die.</summary>
    public event Action<string>? InstanceStopping;

    /// <summary>Raised when EC2 says terminated.</summary>
    public event Action<string>? InstanceTerminated;

    internal void Started(string instanceId) => InstanceStarted?.Invoke(instanceId);

    internal void Stopping(string instanceId) => InstanceStopping?.Invoke(instanceId);

    internal void Terminated(string instanceId) => InstanceTerminated?.Invoke(instanceId);
}
