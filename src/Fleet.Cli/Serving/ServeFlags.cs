using System.CommandLine;
using System.Net;
using Fleet.Core.Inventory;
using Fleet.Hosting.Settings;
using Fleet.Service.SignIn;
using Fleet.Service.SignIn.Tokens;
using Fleet.Service.Watching;

namespace Fleet.Cli.Serving;

/// <summary>The flags of <c>fleet serve</c>.</summary>
internal sealed class ServeFlags
{
    public Option<bool> Sandbox { get; } = new("--sandbox") { Description = "Serve a simulated account and cluster beside the API, and act on them alone" };

    public Option<string> Listen { get; } = new("--listen") { Description = "Where the API listens: http on a loopback address, with sign-in on any; port 0 takes a free one", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:7070" };

    public Option<bool> ApiKeys { get; } = new("--api-keys") { Description = "Callers sign in with API keys; fleet keys create makes one" };

    public Option<string?> Issuer { get; } = new("--issuer") { Description = "Callers sign in with tokens of this OpenID Connect issuer, an https address", HelpName = "URL" };

    public Option<string?> Audience { get; } = new("--audience") { Description = "With --issuer: what tokens must be meant for", HelpName = "NAME" };

    public Option<string?> Settings { get; } = new("--settings") { Description = "Settings of the server in YAML, kind Service: kubeconfigs, secrets, outgoing, retention, limits, audit, notifications; see docs/settings.md", HelpName = "FILE" };

    public Option<LogFormat> Logs { get; } = new("--log-format") { Description = "How log lines are written on standard error: text or json; default text", HelpName = "FORMAT" };

    public Option<int?> Nodes { get; } = new("--nodes") { Description = "With --sandbox: nodes in all; default 12, or what the world file says", HelpName = "COUNT" };

    public Option<double?> Speed { get; } = new("--speed") { Description = "With --sandbox: world seconds per second; default 60", HelpName = "FACTOR" };

    public Option<int?> Seed { get; } = new("--seed") { Description = "With --sandbox: seed of all chance in the world; default 1", HelpName = "NUMBER" };

    public Option<string?> World { get; } = new("--world") { Description = "With --sandbox: world file in YAML; default the demonstration's world", HelpName = "FILE" };

    private IEnumerable<Option> OfSandbox => [Nodes, Speed, Seed, World];

    public void AddTo(Command command)
    {
        foreach (var option in OfSandbox.Prepend(Logs).Prepend(Settings).Prepend(Audience).Prepend(Issuer).Prepend(ApiKeys).Prepend(Listen).Prepend(Sandbox))
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Checks all flags.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="environment">Reads an environment variable; null where it is unset.</param>
    /// <exception cref="RefusedException">Something is wrong; all of it is named.</exception>
    public ServeChoices Check(ParseResult parsed, Func<string, string?> environment)
    {
        var errors = new List<InputError>();
        if (!parsed.GetValue(Sandbox))
        {
            errors.AddRange(OfSandbox.Where(option => parsed.GetResult(option) is { Implicit: false })
                .Select(option => InputError.Argument("conflict", option.Name, null, "with --sandbox", $"{option.Name} describes the sandbox's world; it goes with --sandbox")));
        }

        Range(errors, Nodes.Name, parsed.GetValue(Nodes), value => value is >= 1 and <= 5000, "1 to 5000");
        Range(errors, Speed.Name, parsed.GetValue(Speed), value => value is > 0 and <= 1000, "above 0, at most 1000");
        var signIn = new SignInOptions { ApiKeys = parsed.GetValue(ApiKeys), Tokens = Tokens(parsed.GetValue(Issuer), parsed.GetValue(Audience), errors) };
        var listen = Endpoint(parsed.GetValue(Listen)!, signIn.Required, errors);

        // Where nobody signs in all callers are on this machine, and what they would have the service reach on it they reach themselves.
        var loopback = parsed.GetValue(Sandbox) || !signIn.Required;
        var settings = parsed.GetValue(Settings) is { } path ? SettingsReader.Read(path, environment, loopback, errors) : new ServiceSettings { Outgoing = new() { Loopback = loopback } };
        var otlp = Receiver(environment, errors);
        return errors.Count == 0 ? new(listen!, signIn, settings!, otlp, parsed.GetValue(Logs)) : throw new RefusedException(errors);
    }

    private TokenRules? Tokens(string? issuer, string? audience, List<InputError> errors)
    {
        if ((issuer is null) != (audience is null))
        {
            errors.Add(InputError.Argument("conflict", Issuer.Name, issuer, null, $"{Issuer.Name} and {Audience.Name} go together: a token that is meant for somebody else must not open Fleet"));
        }

        if (issuer is null || audience is null)
        {
            return null;
        }

        if (Uri.TryCreate(issuer, UriKind.Absolute, out var url) && url is { Scheme: "https", Query: "", Fragment: "", UserInfo: "" })
        {
            return new TokenRules { Issuer = url, Audience = audience };
        }

        const string Allowed = "an https address without query";
        errors.Add(InputError.Argument("invalid-value", Issuer.Name, issuer, Allowed, $"{Issuer.Name} is '{issuer}'; allowed: {Allowed}"));
        return null;
    }

    private static OtlpTarget? Receiver(Func<string, string?> environment, List<InputError> errors)
    {
        try
        {
            return OtlpTarget.Of(environment);
        }
        catch (FormatException wrong)
        {
            errors.Add(InputError.Argument("invalid-value", OtlpTarget.EndpointVariable, null, null, wrong.Message));
            return null;
        }
    }

    private IPEndPoint? Endpoint(string text, bool signIn, List<InputError> errors)
    {
        const string Allowed = "http://127.0.0.1:PORT, http://[::1]:PORT or http://localhost:PORT";
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http", PathAndQuery: "/", Fragment: "", UserInfo: "" })
        {
            var address = url.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(url.DnsSafeHost, out var parsed) ? parsed : null;
            if (address is not null && (signIn || IPAddress.IsLoopback(address)))
            {
                return new IPEndPoint(address, url.Port);
            }

            errors.Add(InputError.Argument("needs-sign-in", Listen.Name, text, Allowed, $"{Listen.Name} is {text}: without sign-in the service listens where only this machine reaches it; allowed: {Allowed}"));
            return null;
        }

        errors.Add(InputError.Argument("invalid-value", Listen.Name, text, Allowed, $"{Listen.Name} is '{text}'; allowed: {Allowed}"));
        return null;
    }

    private static void Range<T>(List<InputError> errors, string option, T? value, Func<T, bool> accepts, string allowed)
        where T : struct
    {
        if (value is { } given && !accepts(given))
        {
            errors.Add(InputError.Argument("invalid-value", option, $"{given}", allowed, $"{option} is {given}; allowed: {allowed}"));
        }
    }
}
