using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Contexts;
using Fleet.Cli.Output;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet contexts show [NAME]</c>.</summary>
internal static class ContextsShowCommand
{
    public static Command Create(Scope scope)
    {
        var name = ContextsUseCommand.Name(scope, ArgumentArity.ZeroOrOne, "A context; default the current one");
        var command = new ExampleCommand("show", "Show a context, without its key or token.", "fleet contexts show prod", "fleet contexts show prod -o json") { name };
        command.SetAction(parsed =>
        {
            var (set, output, format) = (ContextFile.Of(scope.Context.Environment).Read(), scope.Context.Output, scope.Format(parsed));
            if ((parsed.GetValue(name) ?? set.Current ?? ContextSet.Local) is var wanted && wanted == ContextSet.Local)
            {
                output.WriteLine($"{ContextSet.Local}: this machine's own store");
                return ExitCode.Done;
            }

            var context = set.Find(wanted, "NAME");
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.Write(output, format, Document(context, set.Current));
                return ExitCode.Done;
            }

            output.WriteLine($"Name:     {context.Name}{(context.Name == set.Current ? " (current)" : "")}");
            output.WriteLine($"Server:   {context.Server}{(context.PlainHttp ? " (plain http)" : "")}");
            output.WriteLine($"Sign-in:  {context.SignIn}");
            output.WriteLine($"Trusts:   {context.CaFile ?? "the system's authorities"}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A context's document, without its secret.</summary>
    public static JsonNode Document(FleetContext context, string? current) => new JsonObject
    {
        ["name"] = context.Name,
        ["current"] = context.Name == current,
        ["server"] = context.Server,
        ["signIn"] = context.SignIn,
        ["tokenFile"] = context.TokenFile,
        ["caFile"] = context.CaFile,
        ["plainHttp"] = context.PlainHttp,
    };
}
