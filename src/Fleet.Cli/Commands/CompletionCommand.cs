using System.CommandLine;
using Fleet.Cli.Completions;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet completion bash|zsh|fish</c>.</summary>
internal static class CompletionCommand
{
    public static Command Create(Scope scope)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", ShellScripts.All.Keys) };
        shell.AcceptOnlyFromAmong([.. ShellScripts.All.Keys]);
        var command = new ExampleCommand(
            "completion",
            "Print what makes a shell complete commands, options and names of contexts, clusters, pools, schedules and runs. "
            + "For bash 'source <(fleet completion bash)' in ~/.bashrc, for zsh 'source <(fleet completion zsh)' after compinit in ~/.zshrc, for fish 'fleet completion fish | source' in ~/.config/fish/config.fish.",
            "fleet completion bash",
            "fleet completion zsh",
            "fleet completion fish")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            scope.Context.Output.Write(ShellScripts.All[parsed.GetValue(shell)!]);
            return ExitCode.Done;
        });
        return command;
    }
}
