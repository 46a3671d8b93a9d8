using System.CommandLine;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Runs;

/// <summary>What the verbs pause, resume and cancel have in common: the request is left in the store, and the run's driver acts on it in its next round.</summary>
internal static class RunRequests
{
    /// <summary>Makes the verb.</summary>
    /// <param name="scope">Surroundings.</param>
    /// <param name="command">The command, without arguments yet.</param>
    /// <param name="request">What is asked.</param>
    public static Command Create(Scope scope, ExampleCommand command, RunRequest request)
    {
        var id = RunLookup.Argument(scope);
        var confirmation = new Confirmation(scope.Context);
        command.Arguments.Add(id);
        confirmation.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var (run, _, _) = await RunLookup.FindAsync(backend, parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
            var (output, verb, phase) = (scope.Context.Output, RunDocument.Name(request), RunDocument.Name(run.Phase));

            switch (RequestRules.Judge(run, request))
            {
                case RequestSense.AlreadySo:
                    await output.WriteLineAsync($"run {run.Id} is {phase} already").ConfigureAwait(false);
                    return ExitCode.Done;
                case RequestSense.Senseless:
                    throw RefusedException.Because("wrong-phase", "ID", run.Id, null, request == RunRequest.Approve ? $"run {run.Id} is {phase} and stops at no gate" : $"run {run.Id} is {phase} and cannot {verb} any more");
            }

            await output.WriteLineAsync($"{verb,-10} {run.Kind} {run.Id} on {run.Place}, now {phase}").ConfigureAwait(false);
            var (goAhead, exitCode) = await confirmation.AskAsync(parsed).ConfigureAwait(false);
            if (goAhead)
            {
                await scope.Context.Error.WriteLineAsync(await backend.RequestAsync(run, request, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }

            return exitCode;
        });
        return command;
    }
}
