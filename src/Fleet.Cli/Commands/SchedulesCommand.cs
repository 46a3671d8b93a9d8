using System.CommandLine;
using Fleet.Cli.Inventory;
using Fleet.Core.Schedules;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet schedules</c>: the noun; schedules are declared by <c>fleet apply</c> and fired by <c>fleet serve</c>.</summary>
internal static class SchedulesCommand
{
    public static Command Create(Scope scope) => new("schedules", "Show schedules, and ask something of them.")
    {
        SchedulesShowCommand.Create(scope),
        SchedulesNextCommand.Create(scope),
        Asking(scope, ScheduleRequest.RunNow, "run-now", "Fire a schedule at once, also while it is suspended. Refused while it is under way.", "fleet schedules run-now weekly --skip-soak --yes"),
        Asking(scope, ScheduleRequest.Suspend, "suspend", "Fire nothing for now; what is under way goes on."),
        Asking(scope, ScheduleRequest.Resume, "resume", "Fire a suspended schedule again; times that passed meanwhile are not made up for."),
    };

    /// <summary>The argument NAME.</summary>
    public static Argument<string> NameArgument() => new("NAME") { Description = "The schedule's name" };

    private static ExampleCommand Asking(Scope scope, ScheduleRequest request, string verb, string description, params string[] examples)
    {
        var name = NameArgument();
        var skipSoak = new Option<bool>("--skip-soak") { Description = "A security fix: what it promotes need not have been in use first (promotion.after of the recipe), and a person must approve it" };
        var confirmation = new Confirmation(scope.Context);
        var command = new ExampleCommand(verb, description, [$"fleet schedules {verb} monthly", $"fleet schedules {verb} monthly --yes", .. examples]) { name };
        if (request == ScheduleRequest.RunNow)
        {
            command.Add(skipSoak);
        }

        confirmation.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var schedule = (await Catalogue.LoadAsync(backend, cancellationToken).ConfigureAwait(false)).Schedule(parsed.GetValue(name)!);
            await scope.Context.Output.WriteLineAsync($"{verb,-10} Schedule {schedule.Name}").ConfigureAwait(false);
            var (goAhead, exitCode) = await confirmation.AskAsync(parsed).ConfigureAwait(false);
            if (goAhead)
            {
                await scope.Context.Error.WriteLineAsync(await backend.AskAsync(schedule, request == ScheduleRequest.RunNow && parsed.GetValue(skipSoak) ? ScheduleRequest.RunNowSkippingSoak : request, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }

            return exitCode;
        });
        return command;
    }
}
