using Fleet.Cli.Output;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Retirement;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Retirement;
using Fleet.Storage;

namespace Fleet.Cli.Images;

/// <summary>One <c>fleet images gc</c> on this machine's store: looks, asks, and takes the steps.</summary>
internal sealed class Sweeping(SweepCall call, SqlStore store, TimeProvider policy)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (call.Flags.Key(call.Parsed) is { } key)
        {
            throw RefusedException.Because("needs-server", "--key", key, null, "--key needs a server, which remembers its orders; on this machine's own store a sweep that is repeated takes only what is next");
        }

        var context = call.Scope.Context;
        using var catalogs = new ImageCatalogs(context.Account, policy);
        var observer = new SweepObserver(store, store, store, catalogs, call.Flags.Parameters(call.Parsed));
        var verdicts = SweepPlanner.Decide(await observer.ObserveAsync(cancellationToken).ConfigureAwait(false), policy.GetUtcNow()).Select(SweepDocument.Of).ToList();
        if (!call.Applies)
        {
            SweepText.Write(context.Output, call.Scope.Format(call.Parsed), verdicts);
            return ExitCode.Done;
        }

        // The standard output is for what came of it.
        SweepText.Write(context.Error, call.Scope.Format(call.Parsed) is OutputFormat.Wide ? OutputFormat.Wide : OutputFormat.Table, verdicts);
        var (goAhead, exitCode) = await call.Confirmation.AskAsync(call.Parsed).ConfigureAwait(false);
        if (!goAhead)
        {
            return exitCode;
        }

        var outcomes = await new SweepExecutor(observer, store, catalogs, policy).RunAsync(cancellationToken).ConfigureAwait(false);
        SweepText.WriteOutcomes(context.Output, call.Scope.Format(call.Parsed), [.. outcomes.Select(SweepDocument.Of)]);
        return outcomes.Any(outcome => outcome.Failure is not null) ? ExitCode.Failed : ExitCode.Done;
    }
}
