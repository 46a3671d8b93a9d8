using System.CommandLine;
using Fleet.Cli.Worlds;
using Fleet.Sandbox.Host;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet sandbox</c>: serves a simulated account and cluster until it is interrupted.</summary>
internal static class SandboxCommand
{
    public static Command Create(Scope scope)
    {
        var flags = new Flags();
        var command = new ExampleCommand(
            "sandbox",
            "Serve a simulated AWS account and Kubernetes cluster on 127.0.0.1 until interrupted. The lines it prints point aws, kubectl and fleet at it.",
            "fleet sandbox",
            "fleet sandbox --nodes 12 --speed 60 --port 0",
            "fleet sandbox --log calls.jsonl")
        {
            flags.Nodes,
            flags.Speed,
            flags.Port,
            flags.Seed,
            flags.World,
            flags.Log,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(scope, flags, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Scope scope, Flags flags, ParseResult parsed, CancellationToken cancellationToken)
    {
        scope.Servers.RefuseFor(parsed, "sandbox");
        var context = scope.Context;
        var options = await OptionsAsync(context, flags, parsed, cancellationToken).ConfigureAwait(false);
        var host = await StartAsync(options, cancellationToken).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            var nodes = Nodes(options.World);
            await SandboxExports.WriteAsync(context.Output, host).ConfigureAwait(false);
            await context.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
            await context.Error.WriteLineAsync($"Serving {nodes} nodes at {options.Speed} times the speed of life; interrupt to stop.").ConfigureAwait(false);

            var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = cancellationToken.Register(interrupted.SetResult);
            await interrupted.Task.ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static async Task<SandboxOptions> OptionsAsync(CliContext context, Flags flags, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (nodes, speed, port) = (parsed.GetValue(flags.Nodes), parsed.GetValue(flags.Speed), parsed.GetValue(flags.Port));
        Refuse(nodes is < 1 or > 5000, "--nodes", $"{nodes}", "1 to 5000");
        Refuse(speed is not (> 0 and <= 100_000), "--speed", $"{speed}", "above 0, at most 100000");
        Refuse(port is < 0 or > 65534, "--port", $"{port}", "0 to 65534");
        var spec = await SandboxWorld.ReadAsync(parsed.GetValue(flags.World), nodes, cancellationToken).ConfigureAwait(false);
        return new()
        {
            World = SandboxWorld.Build(spec, parsed.GetValue(flags.Seed), context.Wall),
            Speed = speed,
            AwsPort = port,
            KubernetesPort = port == 0 ? 0 : port + 1,
            LogFile = parsed.GetValue(flags.Log),
            Wall = context.Wall,
        };
    }

    private static async Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await SandboxHost.StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RefusedException.Because("cannot-serve", "--port", $"{options.AwsPort}", null, $"the sandbox cannot start: {e.Message}");
        }
    }

    private static int Nodes(Simulation.World world)
    {
        lock (world.Gate)
        {
            return world.Cluster.Nodes.Objects.Count();
        }
    }

    private static void Refuse(bool wrong, string option, string value, string allowed)
    {
        if (wrong)
        {
            throw RefusedException.Because("invalid-value", option, value, allowed, $"{option} is {value}; allowed: {allowed}");
        }
    }

    private sealed class Flags
    {
        public Option<int?> Nodes { get; } = new("--nodes") { Description = "Nodes in all; default 12, or what the world file says", HelpName = "COUNT" };

        public Option<double> Speed { get; } = new("--speed") { Description = "World seconds per second", HelpName = "FACTOR", DefaultValueFactory = _ => 1 };

        public Option<int> Port { get; } = new("--port")
        {
            Description = "Port of the AWS endpoint on 127.0.0.1, the API server takes the next one; 0 takes free ones",
            HelpName = "PORT",
            DefaultValueFactory = _ => 0,
        };

        public Option<int> Seed { get; } = new("--seed") { Description = "Seed of all chance in the world", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };

        public Option<string?> World { get; } = new("--world") { Description = "World file in YAML; default the demonstration's world", HelpName = "FILE" };

        public Option<string?> Log { get; } = new("--log") { Description = "Write every call here: caller, verb, object and answer, a line each", HelpName = "FILE" };
    }
}
