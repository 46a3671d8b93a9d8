using Fleet.Core.Runs;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations;

/// <summary>What is kept of an instance that never became a proven node, and what is made of a refusal to hand it over.</summary>
public class EvidenceTests
{
    [Fact]
    public void Console_output_and_events_of_a_node_that_never_got_ready_are_kept()
    {
        using var stage = NeverReady();

        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);

        var kept = Kept(stage);
        kept.Count.ShouldBe(2);
        kept[0].ShouldStartWith("console output: ");
        kept[0].ShouldContain("kubelet", Case.Insensitive);
        kept[1].ShouldStartWith("node events: ");
    }

    [Theory]
    [InlineData("list events", 1, "node events: could not be read: ")]
    [InlineData("GetConsoleOutput", 0, "console output: could not be read: ")]
    public void A_refusal_of_evidence_is_written_down_and_the_instance_is_replaced_all_the_same(string verb, int which, string said)
    {
        using var stage = NeverReady();
        stage.World.Faults.Deny(verb, "fleet");

        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);

        var kept = Kept(stage);
        kept.Count.ShouldBe(2);
        kept[which].ShouldStartWith(said);
        kept[which].ShouldContain(verb[(verb.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        kept[1 - which].ShouldNotContain("could not be read");
        stage.World.Log.Records.Count(call => call.Verb == verb && call.Caller == "fleet").ShouldBe(1);
    }

    private static Stage NeverReady() => new(Worlds.Plain(3) with { Faults = new FaultSpec { NeverReady = [1] } });

    private static List<string> Kept(Stage stage) => [.. stage.Rehearsal.Journal().Where(entry => entry.Kind == "evidence").Select(entry => entry.Message)];
}
