using System.CommandLine;
using Fleet.Cli.Contexts;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet contexts delete NAME</c>.</summary>
internal static class ContextsDeleteCommand
{
    public static Command Create(Scope scope)
    {
        var name = ContextsUseCommand.Name(scope, ArgumentArity.ExactlyOne, "A context");
        var command = new ExampleCommand("delete", "Forget a context with its key or token. The key stays good on the server: 'fleet keys revoke' takes it back.", "fleet contexts delete prod") { name };
        command.SetAction(parsed =>
        {
            var file = ContextFile.Of(scope.Context.Environment);
            var set = file.Read();
            var gone = set.Find(parsed.GetValue(name)!, "NAME").Name;
            file.Write(new ContextSet { Current = set.Current == gone ? null : set.Current, Contexts = [.. set.Contexts.Where(context => context.Name != gone)] });
            scope.Context.Error.WriteLine(set.Current == gone ? $"Forgot {gone}; commands work on this machine's own store from now on." : $"Forgot {gone}.");
            return ExitCode.Done;
        });
        return command;
    }
}
