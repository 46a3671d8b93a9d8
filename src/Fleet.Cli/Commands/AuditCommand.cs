using System.CommandLine;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet audit</c>: the noun; its verbs are files of their own.</summary>
internal static class AuditCommand
{
    public static Command Create(Scope scope) => new("audit", "Read the service's audit log, and verify that nobody rewrote it.")
    {
        AuditListCommand.Create(scope),
        AuditVerifyCommand.Create(scope),
    };
}
