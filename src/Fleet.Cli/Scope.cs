using System.CommandLine;
using Fleet.Cli.Backends;
using Fleet.Cli.Completions;
using Fleet.Cli.Contexts;
using Fleet.Cli.Output;
using Fleet.Storage;

namespace Fleet.Cli;

/// <summary>What every command has at hand: its surroundings and the options that all commands share.</summary>
internal sealed class Scope
{
    private readonly Option<string?> _state = new("--state")
    {
        Description = "State file; default $XDG_STATE_HOME/fleet/fleet.db, else ~/.local/state/fleet/fleet.db; not beside $FLEET_DATABASE, which names a PostgreSQL database in its place",
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
        Servers = new(context);
        _output.AcceptOnlyFromAmong("table", "wide", "json", "yaml");
    }

    public CliContext Context { get; }

    /// <summary>What names a server.</summary>
    public ServerFlags Servers { get; }

    /// <summary>The database that the environment names, with its password; null where it names none.</summary>
    public string? Database => Context.Environment(DatabaseUrl.Variable) is { Length: > 0 } text ? text : null;

    /// <summary>Options of the root that all commands take.</summary>
    public IEnumerable<Option> SharedOptions => [_state, _output, .. Servers.All];

    /// <summary>The server that a command works on; null for this machine's own store.</summary>
    /// <exception cref="RefusedException">What is named contradicts itself or is wrong.</exception>
    public ServerTarget? Server(ParseResult parsed) => Servers.Choose(parsed, parsed.GetValue(_state));

    /// <summary>Whether a command would work on a state file that is not there yet.</summary>
    public bool IsStoreMissing(ParseResult parsed) => Server(parsed) is null && Database is null && !File.Exists(parsed.GetValue(_state) ?? StateFile.DefaultPath(Context.Environment));

    /// <summary>Completes names.</summary>
    public NameCompletion Names => new(this);

    /// <summary>Opens what a command works on.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="RefusedException">What is named contradicts itself or is wrong.</exception>
    public IBackend Open(ParseResult parsed) =>
        Server(parsed) is { } server ? new ServerBackend(Context, new ServerClient(server, Context.Wall)) : new LocalBackend(Context, OpenStore(parsed));

    /// <summary>Opens the state file that the command line names, or the database that the environment names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="otherwise">The state file where neither names anything; default the user's own.</param>
    /// <exception cref="RefusedException">Both name something, or the database's address is wrong.</exception>
    public SqlStore OpenStore(ParseResult parsed, string? otherwise = null)
    {
        var (path, database) = (parsed.GetValue(_state), Database);
        if (database is null)
        {
            return new SqliteStore(path ?? otherwise ?? StateFile.DefaultPath(Context.Environment));
        }

        if (path is not null)
        {
            throw RefusedException.Because("conflict", "--state", path, null, $"--state names {path} and {DatabaseUrl.Variable} names a database; leave one of them out");
        }

        try
        {
            return new PostgresStore(DatabaseUrl.Parse(database), Context.Wall);
        }
        catch (DatabaseUrlException wrong)
        {
            throw new RefusedException(wrong.Errors);
        }
    }

    public OutputFormat Format(ParseResult parsed) => Enum.Parse<OutputFormat>(parsed.GetValue(_output)!, ignoreCase: true);
}
