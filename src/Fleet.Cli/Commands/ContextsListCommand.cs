using System.CommandLine;
using Fleet.Cli.Contexts;
using Fleet.Cli.Output;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet contexts list</c>.</summary>
internal static class ContextsListCommand
{
    public static Command Create(Scope scope)
    {
        var command = new ExampleCommand("list", "List contexts; the current one is marked. Keys and tokens are not shown.", "fleet contexts list", "fleet contexts list -o json");
        command.SetAction(parsed =>
        {
            var (set, format) = (ContextFile.Of(scope.Context.Environment).Read(), scope.Format(parsed));
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.WriteAll(scope.Context.Output, format, [.. set.Contexts.Select(context => ContextsShowCommand.Document(context, set.Current))]);
                return ExitCode.Done;
            }

            var table = new TextTable("CURRENT", "NAME", "SERVER", "SIGN-IN");
            foreach (var context in set.Contexts)
            {
                table.Add(context.Name == set.Current ? "*" : null, context.Name, context.Server, context.SignIn);
            }

            table.Add(set.Current is null ? "*" : null, ContextSet.Local, "this machine's own store", null);
            table.WriteTo(scope.Context.Output);
            return ExitCode.Done;
        });
        return command;
    }
}
