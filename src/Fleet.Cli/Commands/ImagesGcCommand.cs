using System.CommandLine;
using Fleet.Cli.Images;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet images gc</c>: why each image stays or goes; with <c>--apply</c> those go that nothing needs.</summary>
internal static class ImagesGcCommand
{
    public static Command Create(Scope scope)
    {
        var flags = new SweepFlags();
        var confirmation = new Confirmation(scope.Context);
        var command = new ExampleCommand(
            "gc",
            "Show for each image that Fleet made why it stays or goes: which template version, instance, group, parameter, pool, recipe or derived image needs it, in every region and account that it is in or shared with. Changes nothing without --apply. "
            + "On this machine's own store it works in the foreground; on a server --apply orders a run there and ends, or waits with --wait.",
            "fleet images gc",
            "fleet images gc -o wide",
            "fleet images gc --parameters /images --apply --yes",
            "fleet images gc --apply --yes --wait --server https://fleet.example.com --key gc-2026-11-21");
        flags.AddTo(command);
        confirmation.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            return await backend.SweepAsync(new SweepCall(scope, parsed, flags, confirmation), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
