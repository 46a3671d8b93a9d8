using Fleet.Core.Rotations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fleet.Cli.Rotations;

/// <summary>Progress on a terminal: a bar, the nodes on their way, and what else is waited for.</summary>
internal sealed class LiveDisplay(IAnsiConsole console) : IRunDisplay
{
    private const int MostRows = 24;
    private const int BarWidth = 40;

    public Task ShowAsync(Func<Action<RunSnapshot>, Task> follow) =>
        console.Live(new Text("")).Overflow(VerticalOverflow.Ellipsis).StartAsync(context => follow(snapshot =>
        {
            context.UpdateTarget(Render(snapshot));
            context.Refresh();
        }));

    private static Rows Render(RunSnapshot snapshot)
    {
        var rows = snapshot.State is { } nodes ? NodeRow.Of(snapshot.Run, nodes).ToList() : [];
        var parts = new List<IRenderable> { new Text(Headline(snapshot)) };
        if (snapshot.State is { } progress)
        {
            parts.Add(new Text(Bar(progress)));
        }

        if (rows.Count > 0)
        {
            parts.Add(Table(snapshot, rows));
        }

        var shown = rows.Select(row => row.Reason).ToHashSet();
        parts.AddRange(snapshot.Run.Reasons.Where(reason => !shown.Contains(reason.Sentence)).Take(5).Select(reason => new Text($"waits: {reason.Sentence}")));
        return new Rows(parts);
    }

    private static string Headline(RunSnapshot snapshot)
    {
        var (run, state) = (snapshot.Run, snapshot.State);
        var stage = state is not null && (run.Phase is Core.Runs.RunPhase.Running or Core.Runs.RunPhase.Waiting) ? state.Stage.ToString().ToLowerInvariant() : run.Phase.ToString().ToLowerInvariant();
        return $"{run.Place}  {stage}  {Elapsed.Of(run.Updated - run.Created)}{(state is null ? "" : $"  {state.Slots.Length} of {state.Width} slots in use")}";
    }

    private static string Bar(RotationState state)
    {
        var filled = state.Outdated == 0 ? 0 : BarWidth * Math.Min(state.Replaced, state.Outdated) / state.Outdated;
        return $"{new string('█', filled)}{new string('░', BarWidth - filled)} {state.Replaced} of {state.Outdated} nodes replaced";
    }

    private static Table Table(RunSnapshot snapshot, List<NodeRow> rows)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("NODE", "ZONE", "STATE", "FOR", "WAITS FOR");
        foreach (var row in rows.Take(MostRows))
        {
            table.AddRow(new Text(row.Name), new Text(row.Zone), new Text(row.State), new Text(Elapsed.Of(snapshot.Run.Updated - row.Since)), new Text(row.Reason ?? ""));
        }

        if (rows.Count > MostRows)
        {
            table.AddRow($"and {rows.Count - MostRows} more");
        }

        return table;
    }
}
