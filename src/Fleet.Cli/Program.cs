using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Fleet.Cli.Backends;
using Fleet.Cli.Commands;
using Fleet.Core.Inventory;
using Fleet.Hosting.Connections;
using Fleet.Storage;

namespace Fleet.Cli;

/// <summary>The <c>fleet</c> command.</summary>
public static class Program
{
    /// <summary>Runs a command line on the console.</summary>
    public static async Task<int> Main(string[] args)
    {
        using var interrupts = Interrupts.OfProcess();
        var context = new CliContext
        {
            Input = Console.In,
            Output = Console.Out,
            Error = Console.Error,
            Interactive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
            Interrupts = interrupts,
            ReadSecret = Console.IsInputRedirected ? null : HiddenLine.Read,
        };
        context = context with { Identify = (cluster, cancellationToken) => ClusterIdentity.AskAsync(cluster, context.Wall, context.Seed, cancellationToken) };
        return await RunAsync(args, context, interrupts.Token).ConfigureAwait(false);
    }

    /// <summary>Runs a command line without a terminal.</summary>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter error, CancellationToken cancellationToken = default) =>
        RunAsync(args, new CliContext { Input = input, Output = output, Error = error }, cancellationToken);

    /// <summary>Runs a command line in given surroundings.</summary>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var parsed = Root(context).Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return Refuse(context, [.. parsed.Errors.Select(error => InputError.Argument("usage", "", null, null, error.Message))], $"; 'fleet {Path(parsed)}--help' shows the usage");
        }

        try
        {
            var configuration = new InvocationConfiguration { Output = context.Output, Error = context.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return Refuse(context, refused.Errors, "");
        }
        catch (StateFileException unusable)
        {
            return Refuse(context, [InputError.Argument("state-file", "--state", unusable.Path, null, unusable.Message)], "");
        }
        catch (DatabaseException unusable)
        {
            return Refuse(context, [InputError.Argument("database", DatabaseUrl.Variable, $"{unusable.Database}", null, unusable.Message)], "");
        }
        catch (DatabaseUnavailableException gone)
        {
            await context.Error.WriteLineAsync($"error: {gone.Message}\nwhat was recorded stands; the same command goes on from there").ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (ServerAwayException away) when (!away.Sent)
        {
            return Refuse(context, [InputError.Argument("unreachable", "--server", null, null, away.Message)], "");
        }
        catch (ServerAwayException failed)
        {
            await context.Error.WriteLineAsync($"error: {failed.Message}").ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (FormatException strange)
        {
            await context.Error.WriteLineAsync($"error: the server answers in a form that this fleet does not know: {strange.Message}; are both of one version?").ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            await context.Error.WriteLineAsync("interrupted").ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }

    /// <summary>All commands: a new one is a file in Commands and a line here.</summary>
    internal static RootCommand Root(CliContext context)
    {
        var scope = new Scope(context);
        var root = new RootCommand("Replaces the machines under self-managed Kubernetes clusters on AWS, within every PodDisruptionBudget.")
        {
            ApplyCommand.Create(scope),
            GetCommand.Create(scope),
            DescribeCommand.Create(scope),
            DeleteCommand.Create(scope),
            RotateCommand.Create(scope),
            WhyCommand.Create(scope),
            RunsCommand.Create(scope),
            ImagesCommand.Create(scope),
            SchedulesCommand.Create(scope),
            KeysCommand.Create(scope),
            AuditCommand.Create(scope),
            LoginCommand.Create(scope),
            ContextsCommand.Create(scope),
            WhoAmICommand.Create(scope),
            DemoCommand.Create(scope),
            SandboxCommand.Create(scope),
            ServeCommand.Create(scope),
            CompletionCommand.Create(scope),
        };
        foreach (var option in scope.SharedOptions)
        {
            root.Options.Add(option);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
        return root;
    }

    private static int Refuse(CliContext context, IReadOnlyList<InputError> errors, string hint)
    {
        foreach (var error in errors)
        {
            context.Error.WriteLine($"error: {error}");
        }

        context.Error.WriteLine($"{(errors.Count == 1 ? "1 error" : $"{errors.Count} errors")}, nothing was changed{hint}");
        return ExitCode.Refused;
    }

    private static string Path(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result?.Parent is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Push(result.Command.Name + " ");
        }

        return string.Concat(names);
    }
}
