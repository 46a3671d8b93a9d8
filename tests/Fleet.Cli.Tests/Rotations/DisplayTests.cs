using System.Collections.Immutable;
using Fleet.Cli.Rotations;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Spectre.Console;

namespace Fleet.Cli.Tests.Rotations;

/// <summary>Progress as a person sees it: drawn on a terminal, as lines elsewhere.</summary>
public sealed class DisplayTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly Reason Budget = new()
    {
        Code = "budget-exhausted",
        Sentence = "poddisruptionbudget shop/cart allows 0 disruptions now",
        Object = "poddisruptionbudget shop/cart",
        Cure = "wait for cart-1",
        Node = "node-1",
    };

    [Fact]
    public async Task A_terminal_shows_a_bar_the_nodes_on_their_way_and_what_is_waited_for()
    {
        var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(written) });
        console.Profile.Width = 160;
        var elsewhere = Budget with { Sentence = "zone a has 2 ready nodes", Object = "zone a", Node = null };

        await new Cli.Rotations.LiveDisplay(console).ShowAsync(show =>
        {
            show(Snapshot([Budget, elsewhere]));
            return Task.CompletedTask;
        });

        var screen = written.ToString();
        screen.ShouldContain("site/workers  rolling  0:05:00  1 of 3 slots in use");
        screen.ShouldContain("██████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 2 of 8 nodes replaced");
        screen.ShouldMatch(@"node-1 +zone-a +draining +0:02:00 +poddisruptionbudget shop/cart allows 0 disruptions now");
        screen.ShouldMatch(@"i-0new +joining +0:01:00");
        screen.ShouldContain("waits: zone a has 2 ready nodes");
    }

    [Fact]
    public async Task Of_what_a_script_said_at_length_a_pipe_gets_the_beginning_and_the_end()
    {
        var written = new StringWriter();
        var bill = new JournalEntry(Start.AddSeconds(10), "proof-output", "sbom-syft", $"first {new string('x', 200_000)} last");

        await new PlainDisplay(written).ShowAsync(show =>
        {
            show(Snapshot([], [bill]));
            return Task.CompletedTask;
        });

        var said = written.ToString();
        said.ShouldContain("sbom-syft: first xxx");
        said.ShouldContain("… 196011 characters more are in 'fleet runs events RUN -o json' …");
        said.ShouldEndWith(" last\n");
        said.Length.ShouldBeLessThan(4200);
    }

    [Fact]
    public async Task A_pipe_gets_a_line_for_each_event_and_for_each_new_wait_and_none_for_single_calls()
    {
        var written = new StringWriter();
        JournalEntry[] journal =
        [
            new(Start.AddSeconds(10), "node-admitted", "node-1", "node-1 goes as number 1"),
            new(Start.AddSeconds(11), "action", "node-1", "cordon node-1"),
            new(Start.AddSeconds(12), "phase", "run", "Running → Waiting"),
        ];

        await new PlainDisplay(written).ShowAsync(show =>
        {
            show(Snapshot([Budget], journal));
            show(Snapshot([Budget]));
            show(Snapshot([]));
            show(Snapshot([Budget]));
            return Task.CompletedTask;
        });

        written.ToString().ShouldBe("""
            0:00:10  node-admitted    node-1 goes as number 1
            0:05:00  waits            poddisruptionbudget shop/cart allows 0 disruptions now; wait for cart-1
            0:05:00  waits            poddisruptionbudget shop/cart allows 0 disruptions now; wait for cart-1

            """);
    }

    private static RunSnapshot Snapshot(ImmutableArray<Reason> reasons, params JournalEntry[] fresh)
    {
        var state = new RotationState
        {
            Stage = RotationStage.Rolling,
            Outdated = 8,
            Replaced = 2,
            Width = 3,
            Joining = ImmutableSortedDictionary<string, DateTimeOffset>.Empty.Add("i-0new", Start.AddMinutes(4)),
            Slots =
            [
                new Slot
                {
                    Number = 1, Role = SlotRole.Replace, Group = "workers", InstanceId = "i-0old", Zone = "zone-a", Node = "node-1",
                    Phase = SlotPhase.Draining, Admitted = Start.AddMinutes(2), Since = Start.AddMinutes(3),
                },
            ],
        };
        var run = new Run
        {
            Id = "r-1",
            Kind = "rotation",
            Cluster = "site",
            Pool = "workers",
            Spec = "{}",
            State = "{}",
            Phase = RunPhase.Waiting,
            Created = Start,
            Updated = Start.AddMinutes(5),
            Reasons = reasons,
        };
        return new RunSnapshot(run, state, fresh);
    }
}
