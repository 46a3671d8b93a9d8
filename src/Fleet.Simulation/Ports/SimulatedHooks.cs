using Fleet.Core.Hooks;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Ports;

/// <summary>The places of a world, each behind a hook of its name.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Who asks, for the log and for fault rules.</param>
public sealed class SimulatedHooks(World world, string caller = "fleet") : IHooks
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names
    {
        get
        {
            lock (world.Gate)
            {
                return [.. world.Hooks.Keys];
            }
        }
    }

    /// <inheritdoc/>
    public Task<string> ReadAsync(HookCall call, CancellationToken cancellationToken) =>
        MakeAsync(call, "read hook", writes: false, null, () => world.Hooks[call.Name]);

    /// <inheritdoc/>
    public Task WriteAsync(HookCall call, string value, string before, CancellationToken cancellationToken) =>
        MakeAsync(call, "write hook", writes: true, $"value={value}", () => world.Hooks[call.Name] = value);

    private Task<string> MakeAsync(HookCall call, string verb, bool writes, string? detail, Func<string> body)
    {
        try
        {
            return Names.Contains(call.Name)
                ? Task.FromResult(world.Calls.Make(new WorldCall(Api.Hook, caller, verb, call.Name, writes, detail), body))
                : throw new HookFailedException(HookFailedException.Unknown, $"the world has no hook '{call.Name}'");
        }
        catch (WorldFaultException fault)
        {
            return Task.FromException<string>(new HookFailedException(HookFailedException.Failed, fault.Message, fault));
        }
        catch (HookFailedException failed)
        {
            return Task.FromException<string>(failed);
        }
    }
}
