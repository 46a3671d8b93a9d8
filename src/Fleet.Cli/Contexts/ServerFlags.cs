using System.CommandLine;
using System.CommandLine.Completions;
using Fleet.Cli.Backends;
using Fleet.Storage;

namespace Fleet.Cli.Contexts;

/// <summary>The options that name a server, which every command takes, and what else may name one.</summary>
internal sealed class ServerFlags(CliContext context)
{
    private const string ServerVariable = "FLEET_SERVER";
    private const string TokenVariable = "FLEET_TOKEN";
    private const string CaVariable = "FLEET_CA_FILE";

    private readonly Option<string?> _server = new("--server")
    {
        Description = $"Work on the server at this URL, signed in by ${TokenVariable}; default ${ServerVariable}, else the current context, else this machine's own store",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> _context = new("--context")
    {
        Description = $"Work on the server of this context; {ContextSet.Local} is this machine's own store",
        HelpName = "NAME",
        Recursive = true,
    };

    private readonly Option<bool> _plainHttp = new("--plain-http") { Description = "Speak http without TLS to a server beyond this machine: who listens reads what is sent, the key too", Recursive = true };

    public IEnumerable<Option> All
    {
        get
        {
            _context.CompletionSources.Add(_ => Names().Select(name => new CompletionItem(name)));
            return [_server, _context, _plainHttp];
        }
    }

    /// <summary>The context that the command line names; null for none.</summary>
    public string? Named(ParseResult parsed) => parsed.GetValue(_context);

    /// <summary>The URL that the command line names; null for none.</summary>
    public string? Server(ParseResult parsed) => parsed.GetValue(_server);

    /// <summary>Whether plain http is allowed on the command line.</summary>
    public bool PlainHttp(ParseResult parsed) => parsed.GetValue(_plainHttp);

    /// <summary>The names of all contexts, for completions: none where the file cannot be read.</summary>
    public IEnumerable<string> Names()
    {
        try
        {
            return ContextFile.Of(context.Environment).Read().Contexts.Select(one => one.Name).Append(ContextSet.Local);
        }
        catch (RefusedException)
        {
            return [];
        }
    }

    /// <summary>Where to work: a server, or null for this machine's own store.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="state">The state file that the command line names; null for none.</param>
    /// <exception cref="RefusedException">What is named contradicts itself or is wrong.</exception>
    public ServerTarget? Choose(ParseResult parsed, string? state)
    {
        var (server, name) = (parsed.GetValue(_server), parsed.GetValue(_context));
        if (server is not null && name is not null)
        {
            throw Conflict("--context", name, $"--server and --context both name where to work; leave one of them out");
        }

        if ((server ?? (name == ContextSet.Local ? null : name)) is { } explicitly)
        {
            return state is null ? Target(parsed, server, name) : throw Conflict("--state", state, $"--state names a store on this machine and {(server is null ? "--context" : "--server")} names '{explicitly}'; leave one of them out");
        }

        if (state is not null || name == ContextSet.Local)
        {
            return null;
        }

        if (Variable(ServerVariable) is not { } named)
        {
            return Variable(DatabaseUrl.Variable) is null && ContextFile.Of(context.Environment).Read().Current is { } current ? Target(parsed, null, current) : null;
        }

        return Variable(DatabaseUrl.Variable) is null ? Target(parsed, named, null)
            : throw Conflict(ServerVariable, named, $"{ServerVariable} names a server and {DatabaseUrl.Variable} names a database; unset one of them, or say which with --server or --context {ContextSet.Local}");
    }

    /// <summary>Refuses a server where the command works on this machine alone.</summary>
    public void RefuseFor(ParseResult parsed, string command)
    {
        foreach (var option in (Option<string?>[])[_server, _context])
        {
            if (parsed.GetValue(option) is { } value && value != ContextSet.Local)
            {
                throw Conflict(option.Name, value, $"fleet {command} works on this machine; leave {option.Name} out");
            }
        }
    }

    private ServerTarget Target(ParseResult parsed, string? server, string? name)
    {
        var token = Variable(TokenVariable);
        if (server is not null)
        {
            return ServerTarget.Of(new FleetContext { Name = "", Server = server, Token = token, CaFile = Variable(CaVariable), PlainHttp = PlainHttp(parsed) }, "--server");
        }

        var found = ContextFile.Of(context.Environment).Read().Find(name!, "--context");
        var signedIn = token is null ? found : found with { Token = token, TokenFile = null };
        return ServerTarget.Of(signedIn with { PlainHttp = found.PlainHttp || PlainHttp(parsed) }, $"context {name}");
    }

    private string? Variable(string name) => context.Environment(name) is { Length: > 0 } text ? text : null;

    private static RefusedException Conflict(string field, string value, string message) => RefusedException.Because("conflict", field, value, null, message);
}
