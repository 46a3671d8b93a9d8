using System.Text;
using Fleet.Core.Runs;

namespace Fleet.Core.Tests.Architecture;

/// <summary>The diagram in docs is made from the transition table, so that it cannot go stale. FLEET_UPDATE_DOCS=1 writes it anew.</summary>
public class PhaseDiagramTests
{
    [Fact]
    public void The_diagram_in_docs_shows_the_transition_table()
    {
        var diagram = new StringBuilder("# Phases of a run\n\nMade from `RunPhases.Transitions`; `FLEET_UPDATE_DOCS=1 dotnet test tests/Fleet.Core.Tests` writes it anew.\n\n```mermaid\nstateDiagram-v2\n    [*] --> Pending\n");
        foreach (var phase in Enum.GetValues<RunPhase>())
        {
            foreach (var next in RunPhases.Transitions[phase])
            {
                diagram.Append($"    {phase} --> {next}\n");
            }

            if (phase.IsFinal())
            {
                diagram.Append($"    {phase} --> [*]\n");
            }
        }

        diagram.Append("```\n");
        var file = Path.Combine(Repository.Root, "docs/run-phases.md");
        if (Environment.GetEnvironmentVariable("FLEET_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, diagram.ToString());
        }

        File.ReadAllText(file).ShouldBe(diagram.ToString());
    }

    [Theory]
    [InlineData(RunPhase.Succeeded, RunPhase.Running)]
    [InlineData(RunPhase.Cancelled, RunPhase.Pending)]
    [InlineData(RunPhase.Paused, RunPhase.Succeeded)]
    public void An_unknown_transition_is_an_error(RunPhase from, RunPhase to) => Should.Throw<InvalidOperationException>(() => from.To(to));
}
