using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Storage;

namespace Fleet.Cli;

/// <summary>What every command has at hand: its surroundings and the options that all commands share.</summary>
internal sealed class Scope
{
    private readonly Option<string?> _state = new("--state")
    {
        Description = "State file; default $XDG_STATE_HOME/fleet/fleet.db, else ~/.local/state/fleet/fleet.db",
        HelpName = "PATH",
        Recursive = true,
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Form of the output",
        DefaultValueFactory = _ => "table",
        Recursive = true,
    };

    public Scope(CliContext context)
    {
        Context = context;
        _output.AcceptOnlyFromAmong("table", "wide", "json", "yaml");
    }

    public CliContext Context { get; }

    /// <summary>Options of the root that all commands take.</summary>
    public IEnumerable<Option> SharedOptions => [_state, _output];

    /// <summary>The state file that the command line names; null where it names none.</summary>
    public string? StatePath(ParseResult parsed) => parsed.GetValue(_state);

    /// <summary>Opens the state file that the command line names.</summary>
    public SqliteStore OpenStore(ParseResult parsed) => new(StatePath(parsed) ?? StateFile.DefaultPath(Context.Environment));

    public OutputFormat Format(ParseResult parsed) => Enum.Parse<OutputFormat>(parsed.GetValue(_output)!, ignoreCase: true);
}
