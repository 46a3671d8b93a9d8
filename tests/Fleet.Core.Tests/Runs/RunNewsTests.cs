using Fleet.Core.Runs;

namespace Fleet.Core.Tests.Runs;

/// <summary>Which steps of a run are news.</summary>
public sealed class RunNewsTests
{
    [Theory]
    [InlineData(RunPhase.Pending, RunPhase.Running, RunEvent.Started)]
    [InlineData(RunPhase.Pending, RunPhase.Waiting, RunEvent.Started)]
    [InlineData(RunPhase.Running, RunPhase.Waiting, null)]
    [InlineData(RunPhase.Waiting, RunPhase.Waiting, null)]
    [InlineData(RunPhase.Paused, RunPhase.Running, null)]
    [InlineData(RunPhase.Running, RunPhase.Paused, RunEvent.Waiting)]
    [InlineData(RunPhase.Running, RunPhase.Stopped, RunEvent.Stuck)]
    [InlineData(RunPhase.Waiting, RunPhase.Succeeded, RunEvent.Done)]
    [InlineData(RunPhase.Pending, RunPhase.Succeeded, RunEvent.Done)]
    [InlineData(RunPhase.Running, RunPhase.Failed, RunEvent.Failed)]
    [InlineData(RunPhase.Stopped, RunPhase.Cancelled, RunEvent.Failed)]
    public void A_change_of_phase_that_others_care_for_is_news(RunPhase before, RunPhase after, RunEvent? told)
    {
        var run = Run(before);
        (RunNews.Of(run, run with { Phase = after })?.Event).ShouldBe(told);
    }

    [Fact]
    public void A_stop_at_the_gate_waits_for_a_person()
    {
        var run = Run(RunPhase.Running);
        var gate = new Reason { Code = "approval-needed", Sentence = "the run needs approval", Object = "pool prod/workers" };
        RunNews.Of(run, run with { Phase = RunPhase.Stopped, Reasons = [gate] })!.Event.ShouldBe(RunEvent.Waiting);
    }

    private static Run Run(RunPhase phase) => new()
    {
        Id = "r-1",
        Kind = "rotation",
        Cluster = "prod",
        Pool = "workers",
        Spec = "{}",
        State = "{}",
        Phase = phase,
        Created = default,
        Updated = default,
    };
}
