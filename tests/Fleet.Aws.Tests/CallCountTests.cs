using Fleet.Contracts.Cloud;

namespace Fleet.Aws.Tests;

public sealed class CallCountTests
{
    [Fact]
    public async Task The_same_scenario_costs_the_same_calls_through_the_simulation_and_through_the_wire()
    {
        await using var simulated = new SimulatedCloudStage();
        await using var wire = await SandboxCloudStage.OpenAsync();

        await CloudScenario.PlayAsync(simulated);
        await CloudScenario.PlayAsync(wire);

        CloudScenario.CallsOf(wire).ShouldBe(CloudScenario.CallsOf(simulated));
        CloudScenario.CallsOf(wire).Count.ShouldBeGreaterThan(30);
    }
}
