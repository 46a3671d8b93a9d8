using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Hosting.Tests.Documents;

/// <summary>What a client reads of a run is what was written of it: nothing that a document has is lost on the way.</summary>
public sealed class RunReaderTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(RunPhase.Waiting, RunRequest.Pause)]
    [InlineData(RunPhase.Stopped, RunRequest.None)]
    [InlineData(RunPhase.Succeeded, RunRequest.None)]
    public void A_run_is_read_as_it_was_written(RunPhase phase, RunRequest request)
    {
        var run = new Run
        {
            Id = "r-2",
            Kind = "rotation",
            Cluster = "prod",
            Pool = "workers",
            Parent = "r-1",
            Key = "build-1",
            Phase = phase,
            Request = request,
            Version = 7,
            Reasons = [new Reason { Code = "budget-exhausted", Sentence = "It waits.", Object = "poddisruptionbudget shop/cart", Limit = "minAvailable 2", Value = "2 healthy", Cure = "wait", Node = "node-1" }],
            Spec = """{"target":{"imageId":"ami-00000001"}}""",
            State = """{"outdated":3}""",
            Created = At,
            Updated = At.AddMinutes(5),
        };
        var lease = new RunLease("r-2", "service-1", At.AddSeconds(15), 3);
        LedgerEntry[] ledger = [new() { Kind = "max-size", Subject = "workers", Before = "3", Mine = "4", Status = LedgerStatus.Void, Note = "gone", At = At }];
        var document = JsonNode.Parse(RunDocument.Full(run, lease, ledger).ToJsonString())!;

        var again = RunDocument.Full(RunReader.Run(document), RunReader.Lease(document), RunReader.Ledger(document));

        again.ToJsonString().ShouldBe(document.ToJsonString());
    }

    [Fact]
    public void A_line_of_the_journal_and_an_entry_of_the_audit_log_are_read_as_they_were_written()
    {
        var line = RunDocument.Of(new JournalEntry(At, "action", "node-1", "drains first: short grace", "a-1", 4));
        RunDocument.Of(RunReader.Entry(line)).ToJsonString().ShouldBe(line.ToJsonString());

        var entry = AuditChain.Append(new AuditEntry { At = At.AddMilliseconds(123), Caller = "ada", Source = "10.0.0.7", Action = "PUT /v1/clusters/prod", Outcome = "200", Before = "{}", After = "{\"ü\":1}" }, 1, AuditChain.Root);
        var read = AccessReader.Entry(JsonNode.Parse(AccessDocument.Of(entry).ToJsonString())!);
        AuditChain.Verify([read], AuditChain.Root, 1).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"id": "r-1"}""", "kind is missing")]
    [InlineData("""{"id": "r-1", "kind": "rotation", "cluster": "prod", "phase": "resting"}""", "phase is 'resting'")]
    [InlineData("""{"id": 1}""", "this is no run")]
    public void What_is_no_run_is_refused(string text, string message) =>
        Should.Throw<FormatException>(() => RunReader.Run(JsonNode.Parse(text)!)).Message.ShouldContain(message);
}
