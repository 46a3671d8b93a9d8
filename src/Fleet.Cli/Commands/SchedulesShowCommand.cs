using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Inventory;
using Fleet.Cli.Output;
using Fleet.Core.Inventory;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet schedules show NAME</c>.</summary>
internal static class SchedulesShowCommand
{
    public static Command Create(Scope scope)
    {
        var name = SchedulesCommand.NameArgument();
        var command = new ExampleCommand("show", "Show a schedule: its next times, what is under way, and what came of the last times.", "fleet schedules show monthly", "fleet schedules show monthly -o json") { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var schedule = (await Catalogue.LoadAsync(backend, cancellationToken).ConfigureAwait(false)).Schedule(parsed.GetValue(name)!);
            var status = await backend.StatusAsync(schedule, cancellationToken).ConfigureAwait(false);
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                status["name"] = schedule.Name;
                StructuredOutput.Write(scope.Context.Output, format, status);
            }
            else
            {
                Write(scope.Context.Output, schedule, status);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter output, ScheduleSpec schedule, JsonObject status)
    {
        output.WriteLine($"Schedule: {schedule.Name}");
        output.WriteLine($"Pools:    {schedule.Cluster}/{(schedule.Pools.IsEmpty ? "*" : string.Join(", ", schedule.Pools))}");
        if (schedule.Recipe is { } recipe)
        {
            output.WriteLine($"Recipe:   {recipe}: built first, promoted behind the pools that take its candidates");
        }

        output.WriteLine($"Times:    {schedule.Cron} {schedule.TimeZone}");
        output.WriteLine($"Rotates:  {string.Join(" or ", new[] { schedule.NewImage ? "what is outdated" : "", schedule.OlderThan is { } age ? $"what is older than {Durations.FormatAge(age)}" : "" }.Where(part => part.Length > 0))}");
        output.WriteLine($"Next:     {((bool)status["suspended"]! ? "suspended" : string.Join(", ", status["next"]!.AsArray()))}");
        if (status["open"] is JsonObject open)
        {
            output.WriteLine();
            output.WriteLine("Under way");
            Write(output, open);
        }

        var recent = status["recent"]!.AsArray();
        output.WriteLine();
        output.WriteLine(recent.Count == 0 ? "It has not fired yet." : "Last times");
        foreach (var firing in recent)
        {
            Write(output, firing!.AsObject());
        }
    }

    private static void Write(TextWriter output, JsonObject firing)
    {
        output.WriteLine($"  {firing["due"]}  {firing["end"]}{((bool)firing["manual"]! ? ", asked for" : "")}{((bool)firing["skipSoak"]! ? ", without a wait" : "")}{Because(firing)}");
        foreach (var pool in firing["pools"]!.AsArray())
        {
            output.WriteLine($"    {pool!["pool"]}: {pool["end"]}{(pool["run"] is { } run ? $" {run}" : "")}{Because(pool.AsObject())}");
        }

        if (firing["left"]!.AsArray() is { Count: > 0 } left)
        {
            output.WriteLine($"    to come: {string.Join(", ", left)}");
        }
    }

    private static string Because(JsonObject what) => (string?)what["why"] is { Length: > 0 } why ? $": {why}" : "";
}
