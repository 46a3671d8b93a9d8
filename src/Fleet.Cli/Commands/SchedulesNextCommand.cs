using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Inventory;
using Fleet.Cli.Output;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet schedules next NAME</c>.</summary>
internal static class SchedulesNextCommand
{
    private const int Most = 100;

    public static Command Create(Scope scope)
    {
        var name = SchedulesCommand.NameArgument();
        var count = new Option<int>("--count") { Description = $"How many times, 1 to {Most}", DefaultValueFactory = _ => 5 };
        var command = new ExampleCommand("next", "Show the next times of a schedule, in UTC and in its own zone.", "fleet schedules next monthly", "fleet schedules next monthly --count 12 -o json") { name, count };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(count) is var wanted && wanted is < 1 or > Most)
            {
                throw RefusedException.Because("invalid-value", count.Name, $"{wanted}", $"1 to {Most}", $"{count.Name} is {wanted}; allowed: 1 to {Most}");
            }

            using var backend = scope.Open(parsed);
            var schedule = (await Catalogue.LoadAsync(backend, cancellationToken).ConfigureAwait(false)).Schedule(parsed.GetValue(name)!);
            var times = await backend.NextAsync(schedule, wanted, cancellationToken).ConfigureAwait(false);
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.Write(scope.Context.Output, format, new JsonObject { ["items"] = new JsonArray([.. times.Select(time => JsonValue.Create(RunDocument.Instant(time)))]) });
                return ExitCode.Done;
            }

            var zone = TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone);
            var table = new TextTable("UTC", schedule.TimeZone.ToUpperInvariant());
            foreach (var time in times)
            {
                table.Add(RunDocument.Instant(time), $"{TimeZoneInfo.ConvertTime(time, zone):ddd yyyy-MM-dd HH:mm zzz}");
            }

            table.WriteTo(scope.Context.Output);
            return ExitCode.Done;
        });
        return command;
    }
}
