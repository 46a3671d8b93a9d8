using System.CommandLine;
using Fleet.Cli.Rotations;
using Fleet.Cli.Serving;
using Fleet.Core.Inventory;
using Fleet.Hosting.Connections;
using Fleet.Service;
using Fleet.Storage;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet serve</c>: the hosted service, until it is interrupted.</summary>
internal static class ServeCommand
{
    public static Command Create(Scope scope)
    {
        var flags = new ServeFlags();
        var command = new ExampleCommand(
            "serve",
            "Serve the HTTP API and drive its runs until interrupted. Without --api-keys or --issuer nobody signs in, and it listens on a loopback address only. With --sandbox it serves a simulated account and cluster beside it, "
            + "declared already, on a state file that goes with it unless --state names one.",
            "fleet serve",
            "fleet serve --sandbox",
            "fleet serve --api-keys --listen http://0.0.0.0:7070 --settings /etc/fleet/service.yaml",
            "fleet serve --sandbox --nodes 24 --speed 120 --listen http://127.0.0.1:8080");
        flags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(scope, flags, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Scope scope, ServeFlags flags, ParseResult parsed, CancellationToken cancellationToken)
    {
        scope.Servers.RefuseFor(parsed, "serve");
        var choices = flags.Check(parsed, scope.Context.Environment);
        if (parsed.GetValue(flags.Sandbox) && scope.Database is not null)
        {
            throw RefusedException.Because(
                "conflict", flags.Sandbox.Name, null, null, $"{flags.Sandbox.Name} declares a cluster that goes with the process, and {DatabaseUrl.Variable} names a database that stays; unset {DatabaseUrl.Variable}");
        }

        if (!parsed.GetValue(flags.Sandbox))
        {
            return await ServeAsync(scope, parsed, choices, null, cancellationToken).ConfigureAwait(false);
        }

        var sandbox = await EmbeddedSandbox.StartAsync(scope.Context, flags, parsed, cancellationToken).ConfigureAwait(false);
        await using (sandbox.ConfigureAwait(false))
        {
            return await ServeAsync(scope, parsed, choices, sandbox, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<int> ServeAsync(Scope scope, ParseResult parsed, ServeChoices choices, EmbeddedSandbox? sandbox, CancellationToken cancellationToken)
    {
        var context = scope.Context;
        using var store = scope.OpenStore(parsed, sandbox?.StatePath);
        using var held = store.HoldForService();
        if (store is SqliteStore file)
        {
            await DriverCheck.TakeOverAsync(file, file.Path, context.Wall, cancellationToken).ConfigureAwait(false);
        }

        var policy = sandbox?.Clock ?? await Reach.PolicyAsync(context, cancellationToken).ConfigureAwait(false);
        using var following = sandbox is null ? policy as IDisposable : null;
        if (sandbox is not null)
        {
            await sandbox.DeclareAsync(store, cancellationToken).ConfigureAwait(false);
            var named = new Dictionary<string, string>(choices.Settings.Kubeconfigs) { [EmbeddedSandbox.Kubeconfig] = sandbox.Host.KubeconfigPath };
            choices = choices with { Settings = choices.Settings with { Kubeconfigs = named } };
        }

        Func<ClusterSpec, Aws.AwsOptions> account = sandbox is null ? context.Account : sandbox.Account;
        var service = await StartAsync(context, choices, store, policy, account, cancellationToken).ConfigureAwait(false);
        await using (service.ConfigureAwait(false))
        {
            await Greeting.WriteAsync(context, service.Address, store.Place, choices, sandbox, cancellationToken).ConfigureAwait(false);
            var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = cancellationToken.Register(interrupted.SetResult);
            await interrupted.Task.ConfigureAwait(false);
            await context.Error.WriteLineAsync("Stopping: runs under way are handed over as they are recorded.").ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static async Task<FleetService> StartAsync(
        CliContext context, ServeChoices choices, SqlStore store, TimeProvider policy, Func<ClusterSpec, Aws.AwsOptions> account, CancellationToken cancellationToken)
    {
        var options = new ServiceOptions
        {
            Runs = store,
            Inventory = store,
            Schedules = store,
            Images = store,
            Keys = store,
            Audit = store,
            News = store,
            Shared = store.Shared,
            Replicas = store,
            Connections = new ConnectionOptions { Policy = policy, Wall = context.Wall, Seed = context.Seed, Account = account },
            Owner = $"{DriverCheck.ServiceOwner}{Environment.MachineName}-{Environment.ProcessId}-{context.Seed:x}",
            Listen = choices.Listen,
            SignIn = choices.SignIn,
            Settings = choices.Settings,
            Identify = context.Identify,
            Otlp = choices.Otlp,
            Logs = choices.Logs,
        };
        try
        {
            return await FleetService.StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException taken)
        {
            throw RefusedException.Because("cannot-serve", "--listen", $"{choices.Listen}", null, $"the service cannot listen on {choices.Listen}: {taken.Message}");
        }
    }
}
