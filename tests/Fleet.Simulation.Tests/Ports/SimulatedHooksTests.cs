using Fleet.Contracts.Hooks;
using Fleet.Core.Hooks;
using Fleet.Simulation.Ports;

namespace Fleet.Simulation.Tests.Ports;

/// <summary>A simulated world's hooks.</summary>
public sealed class SimulatedHooksTests : HooksContract
{
    private readonly World _world = new(DateTimeOffset.UnixEpoch, seed: 1) { Hooks = { [Name] = "" } };

    protected override IHooks Hooks => new SimulatedHooks(_world);
}
