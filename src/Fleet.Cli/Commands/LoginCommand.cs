using System.CommandLine;
using Fleet.Cli.Backends;
using Fleet.Cli.Contexts;
using Fleet.Core.Inventory;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet login SERVER</c>: tries a key or token and keeps it in a context, which becomes the current one.</summary>
internal static class LoginCommand
{
    public static Command Create(Scope scope)
    {
        var server = new Argument<string>("SERVER") { Description = "The server's URL" };
        var tokenFile = new Option<string?>("--token-file") { Description = "Keep the path of a file that has the key or token, read anew for each call, instead of the key or token itself", HelpName = "FILE" };
        var caFile = new Option<string?>("--ca-file") { Description = "File in PEM with the authorities to trust for this server in place of the system's", HelpName = "FILE" };
        var command = new ExampleCommand(
            "login",
            "Sign in to a server: reads an API key or token from the standard input, tries it, and keeps it in a context that commands take from now on. The file is $FLEET_CONFIG, else config.json in the user's configuration folder, for its owner's eyes only.",
            "fleet login https://fleet.example.com",
            "fleet login https://fleet.example.com --context prod < key.txt",
            "fleet login https://fleet.example.com --token-file /var/run/secrets/fleet/token --ca-file ca.pem")
        {
            server,
            tokenFile,
            caFile,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(scope, parsed, parsed.GetValue(server)!, parsed.GetValue(tokenFile), parsed.GetValue(caFile), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Scope scope, ParseResult parsed, string server, string? tokenFile, string? caFile, CancellationToken cancellationToken)
    {
        if (scope.Servers.Server(parsed) is { } other && other != server)
        {
            throw RefusedException.Because("conflict", "--server", other, server, $"--server names {other}, and SERVER is {server}; leave --server out");
        }

        var context = scope.Context;
        var file = ContextFile.Of(context.Environment);
        var contexts = file.Read();
        var bare = new FleetContext { Name = "", Server = server, CaFile = Full(caFile), PlainHttp = scope.Servers.PlainHttp(parsed) };
        var target = ServerTarget.Of(bare, "SERVER");
        var named = bare with { Name = Name(scope.Servers.Named(parsed), target.Url), Server = target.Name };

        // A service on loopback may ask nobody to sign in: then there is nothing to type.
        var identity = await TryAsync(context, target, cancellationToken).ConfigureAwait(false);
        if (identity is null || tokenFile is not null)
        {
            named = tokenFile is null ? named with { Token = await ReadAsync(context, target).ConfigureAwait(false) } : named with { TokenFile = Full(tokenFile) };
            using var client = new ServerClient(ServerTarget.Of(named, "SERVER"), context.Wall);
            identity = await Identity.AskAsync(client, cancellationToken).ConfigureAwait(false);
        }

        file.Write(contexts.With(named));
        await context.Output.WriteLineAsync($"Signed in to {target.Name} as {identity}.").ConfigureAwait(false);
        await context.Error.WriteLineAsync($"Context {named.Name} is the current one, kept in {file.Path}.").ConfigureAwait(false);
        return ExitCode.Done;
    }

    /// <summary>Who one is without a key; null where one is needed.</summary>
    private static async Task<Identity?> TryAsync(CliContext context, ServerTarget target, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new ServerClient(target, context.Wall);
            return await Identity.AskAsync(client, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException needed) when (needed.Errors is [{ Code: "unauthenticated" }])
        {
            return null;
        }
    }

    private static async Task<string> ReadAsync(CliContext context, ServerTarget target)
    {
        string? line;
        if (context.ReadSecret is { } read)
        {
            await context.Error.WriteAsync($"Key or token for {target.Name}: ").ConfigureAwait(false);
            await context.Error.FlushAsync().ConfigureAwait(false);
            line = read();
            await context.Error.WriteLineAsync().ConfigureAwait(false);
        }
        else
        {
            line = await context.Input.ReadLineAsync().ConfigureAwait(false);
        }

        return line?.Trim() is { Length: > 0 } text ? text : throw RefusedException.Because("missing-input", "standard input", null, "a key or token on one line", "the standard input has no key or token; allowed: one on one line");
    }

    private static string Name(string? given, Uri url)
    {
        var name = given ?? (url.IsDefaultPort ? url.Host : $"{url.Host}-{url.Port}");
        const string Allowed = "1 to 100 letters, digits, '.', '_' and '-', first a letter or digit, and not 'local', which is this machine's own store";
        return name is { Length: > 0 and <= 100 } && name != ContextSet.Local && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-') ? name
            : throw new RefusedException(InputError.Argument("invalid-value", "--context", name, Allowed, $"--context is '{name}'; allowed: {Allowed}"));
    }

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}
