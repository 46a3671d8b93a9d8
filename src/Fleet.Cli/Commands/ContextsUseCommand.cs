using System.CommandLine;
using System.CommandLine.Completions;
using Fleet.Cli.Contexts;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet contexts use NAME</c>.</summary>
internal static class ContextsUseCommand
{
    public static Command Create(Scope scope)
    {
        var name = Name(scope, ArgumentArity.ExactlyOne, $"A context; {ContextSet.Local} is this machine's own store");
        var command = new ExampleCommand("use", "Make a context the current one: commands work there when nothing else is named.", "fleet contexts use prod", $"fleet contexts use {ContextSet.Local}") { name };
        command.SetAction(parsed =>
        {
            var file = ContextFile.Of(scope.Context.Environment);
            var (set, wanted) = (file.Read(), parsed.GetValue(name)!);
            file.Write(set with { Current = wanted == ContextSet.Local ? null : set.Find(wanted, "NAME").Name });
            scope.Context.Error.WriteLine($"Commands work on {(wanted == ContextSet.Local ? "this machine's own store" : $"{set.Find(wanted, "NAME").Server}")} from now on.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The argument NAME, which completes names of contexts.</summary>
    public static Argument<string?> Name(Scope scope, ArgumentArity arity, string description)
    {
        var name = new Argument<string?>("NAME") { Description = description, Arity = arity };
        name.CompletionSources.Add(_ => scope.Servers.Names().Select(one => new CompletionItem(one)));
        return name;
    }
}
