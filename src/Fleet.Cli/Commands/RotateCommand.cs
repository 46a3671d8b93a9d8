using System.CommandLine;
using Fleet.Cli.Inventory;
using Fleet.Cli.Rotations;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet rotate CLUSTER/POOL</c>: exchanges the outdated instances of a pool.</summary>
internal static class RotateCommand
{
    public static Command Create(Scope scope)
    {
        var pool = new Argument<string>("CLUSTER/POOL") { Description = "The pool" };
        pool.CompletionSources.Add(scope.Names.Pools);
        var flags = new RotateFlags();
        var confirmation = new Confirmation(scope.Context);
        var command = new ExampleCommand(
            "rotate",
            "Exchange every outdated instance of a pool for a new one, within every PodDisruptionBudget. Shows the plan and asks, then drives the run in the foreground: Ctrl-C pauses it, a second one leaves it. "
            + "Where a run is under way on the pool, it is shown, or taken up if nobody drives it. On a server it orders the run there and ends, or waits with --wait.",
            "fleet rotate prod/workers",
            "fleet rotate prod/workers --image ami-0bbbbbbbbbbbbbbb2 --dry-run",
            "fleet rotate prod/workers --max-surge 3 --yes -o json",
            "fleet rotate prod/workers --yes --wait --server https://fleet.example.com --key build-4711",
            "fleet rotate prod/workers --on-drain-timeout force --force-until 2h",
            "fleet rotate prod/workers --older-than 14d",
            "fleet rotate prod/spark --settings service.yaml",
            "fleet rotate prod/workers --ignore-windows CVE-2026-1234 --ignore-windows-until 4h")
        {
            pool,
        };
        flags.AddTo(command);
        confirmation.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var catalogue = await Catalogue.LoadAsync(backend, cancellationToken).ConfigureAwait(false);
            var declared = catalogue.Pool(parsed.GetValue(pool)!);
            return await backend.RotateAsync(new RotateCall(scope, parsed, flags, confirmation, catalogue, declared), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
