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
        var id = RunLookup.Argument();
        var confirmation = new Confirmation(scope.Context);
        command.Arguments.Add(id);
        confirmation.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var store = scope.OpenStore(parsed);
            var run = await RunLookup.FindAsync(store, parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
            var (output, verb, phase) = (scope.Context.Output, RunDocument.Name(request), RunDocument.Name(run.Phase));

            switch (RequestRules.Judge(run, request))
            {
                case RequestSense.AlreadySo:
                    await output.WriteLineAsync($"run {run.Id} is {phase} already").ConfigureAwait(false);
                    return ExitCode.Done;
                case RequestSense.Senseless:
                    throw RefusedException.Because("wrong-phase", "ID", run.Id, null, request == RunRequest.Approve ? $"run {run.Id} is {phase} and stops at no gate" : $"run {run.Id} is {phase} and cannot {verb} any more");
            }

            await output.WriteLineAsync($"{verb,-10} {run.Kind} {run.Id} on {(run.Pool is null ? run.Cluster : $"{run.Cluster}/{run.Pool}")}, now {phase}").ConfigureAwait(false);
            var (goAhead, exitCode) = await confirmation.AskAsync(parsed).ConfigureAwait(false);
            if (goAhead)
            {
                await store.RequestAsync(run.Id, request, cancellationToken).ConfigureAwait(false);
                var lease = await store.LeaseAsync(run.Id, cancellationToken).ConfigureAwait(false);
                await scope.Context.Error.WriteLineAsync(lease is not null && lease.Expires > scope.Context.Wall.GetUtcNow()
                    ? $"Left for {lease.Owner}, which acts on it at the next safe point."
                    : $"Left in the store. Nobody drives the run now: it acts on it when it is taken up again (fleet rotate {run.Cluster}/{run.Pool}).").ConfigureAwait(false);
            }

            return exitCode;
        });
        return command;
    }
}
