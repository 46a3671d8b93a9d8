using System.CommandLine;
using Fleet.Cli.Demo;
using Fleet.Cli.Output;
using Fleet.Cli.Rotations;
using Fleet.Cli.Worlds;
using Fleet.Sandbox.Host;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet demo</c>: a rotation from its beginning to its end on a simulated cluster, with nothing to install.</summary>
internal static class DemoCommand
{
    public static Command Create(Scope scope)
    {
        var flags = new Flags();
        var command = new ExampleCommand(
            "demo",
            "Rotate a simulated pool over the real wire protocols: a sandbox in this process, Fleet's own clients, and a report of what the sandbox's world recorded. Changes nothing elsewhere.",
            "fleet demo",
            "fleet demo --nodes 24 --seed 7",
            "fleet demo -o json")
        {
            flags.Seed,
            flags.Speed,
            flags.Nodes,
            flags.World,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(scope, flags, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Scope scope, Flags flags, ParseResult parsed, CancellationToken cancellationToken)
    {
        scope.Servers.RefuseFor(parsed, "demo");
        var context = scope.Context;
        var (nodes, speed, seed) = (parsed.GetValue(flags.Nodes), parsed.GetValue(flags.Speed), parsed.GetValue(flags.Seed));
        Refuse(nodes is < 1 or > 5000, "--nodes", $"{nodes}", "1 to 5000");
        Refuse(speed is not (> 0 and <= 1000), "--speed", $"{speed}", "above 0, at most 1000");
        var spec = await SandboxWorld.ReadAsync(parsed.GetValue(flags.World), nodes, cancellationToken).ConfigureAwait(false);
        var target = DemoPool.Of(spec);
        var options = new SandboxOptions { World = SandboxWorld.Build(spec, seed, context.Wall), Speed = speed, Wall = context.Wall };

        var quiet = scope.Format(parsed) is OutputFormat.Json or OutputFormat.Yaml;
        var session = await DemoSession.StartAsync(options, target, seed, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var ended = await RunDriving.DriveAsync(context, session.Host, session.Store, session.Connection, session.Run, RunDisplays.For(context, quiet), cancellationToken).ConfigureAwait(false);
            var ledger = await session.Store.LedgerAsync(ended.Id, cancellationToken).ConfigureAwait(false);
            var report = DemoReport.Of(session.Record.Figures(session.Bound.Time, session.Bound.Binding), ledger);
            if (quiet)
            {
                StructuredOutput.Write(context.Output, scope.Format(parsed), report.ToJson());
            }
            else
            {
                report.WriteTo(context.Output);
            }

            return RunDriving.ExitCodeOf(ended);
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

        public Option<double> Speed { get; } = new("--speed") { Description = "World seconds per second", HelpName = "FACTOR", DefaultValueFactory = _ => 60 };

        public Option<int> Seed { get; } = new("--seed") { Description = "Seed of all chance in the world", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };

        public Option<string?> World { get; } = new("--world") { Description = "World file in YAML with a rotation; default the demonstration's world", HelpName = "FILE" };
    }
}
