using System.Globalization;
using Fleet.Core.Inventory;
using Npgsql;

namespace Fleet.Storage;

/// <summary>Reads a <see cref="DatabaseUrl"/>.</summary>
internal sealed class DatabaseUrlReader(string text)
{
    private const string Form = "postgres://user:password@host:port/database?sslmode=verify-full";

    private const string Parameters = "sslmode, sslrootcert, connect_timeout, application_name";

    private static readonly Dictionary<string, SslMode> SslModes = new(StringComparer.Ordinal)
    {
        ["disable"] = SslMode.Disable,
        ["allow"] = SslMode.Allow,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    private readonly List<InputError> _errors = [];

    private readonly NpgsqlConnectionStringBuilder _settings = new() { ApplicationName = "fleet", GssEncryptionMode = GssEncryptionMode.Disable, Timeout = 5, KeepAlive = 10, MaxPoolSize = 20 };

    public DatabaseUrl Read()
    {
        if (!HasForm() || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            // Not a word of it is shown: where it is cut wrongly, any part may be of the password.
            throw new DatabaseUrlException([Wrong(
                "invalid-url", "", null, Form, $"is no address of the form {Form}; characters such as @ : / ? # % in user or password are written as %40 %3A %2F %3F %23 %25")]);
        }

        ReadAuthority(url);
        ReadParameters(url.Query);
        return _errors.Count == 0 ? new DatabaseUrl(_settings) : throw new DatabaseUrlException(_errors);
    }

    /// <summary>Whether it is cut as it seems to be: with an @ after the first of / ? # some of these belong to a password that was not escaped.</summary>
    private bool HasForm()
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || text[..scheme] is not ("postgres" or "postgresql"))
        {
            return false;
        }

        var rest = text[(scheme + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        return at == rest.LastIndexOf('@') && (at < 0 || end < 0 || at < end) && !rest.Contains('#', StringComparison.Ordinal);
    }

    private void ReadAuthority(Uri url)
    {
        var credentials = url.UserInfo.Split(':', 2);
        _settings.Username = Uri.UnescapeDataString(credentials[0]);
        if (credentials.Length == 2)
        {
            _settings.Password = Uri.UnescapeDataString(credentials[1]);
        }

        if (_settings.Username.Length == 0)
        {
            _errors.Add(Wrong("missing-value", "user", null, "a role of the database", "names no user"));
        }

        if (url.Host.Length == 0)
        {
            _errors.Add(Wrong("missing-value", "host", null, "a name or an address", "names no host"));
        }

        _settings.Host = url.DnsSafeHost;
        _settings.Port = url.Port > 0 ? url.Port : 5432;
        var database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/'));
        _settings.Database = database.Length == 0 ? _settings.Username : database;
    }

    private void ReadParameters(string query)
    {
        foreach (var parameter in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = parameter.Split('=', 2);
            var (name, value) = (Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
            switch (name)
            {
                case "sslmode" when SslModes.TryGetValue(value, out var mode):
                    _settings.SslMode = mode;
                    break;
                case "sslmode":
                    var modes = string.Join(", ", SslModes.Keys);
                    _errors.Add(Wrong("invalid-value", name, value, modes, $"has sslmode '{value}'; allowed: {modes}"));
                    break;
                case "sslrootcert" when value.Length > 0:
                    _settings.RootCertificate = value;
                    break;
                case "application_name" when value.Length > 0:
                    _settings.ApplicationName = value;
                    break;
                case "connect_timeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 10:
                    _settings.Timeout = seconds;
                    break;
                case "connect_timeout":
                    _errors.Add(Wrong("invalid-value", name, value, "1 to 10 seconds", $"has connect_timeout '{value}'; allowed: 1 to 10 seconds"));
                    break;
                case "sslrootcert" or "application_name":
                    _errors.Add(Wrong("missing-value", name, null, "a value", $"has {name} without a value"));
                    break;
                default:
                    // Its value is not shown: it may be a password.
                    _errors.Add(Wrong("unknown-parameter", name, null, Parameters, $"has the parameter '{name}'; allowed: {Parameters}"));
                    break;
            }
        }
    }

    private static InputError Wrong(string code, string field, string? value, string allowed, string sentence) =>
        InputError.Argument(code, field.Length == 0 ? DatabaseUrl.Variable : $"{DatabaseUrl.Variable} {field}", value, allowed, $"{DatabaseUrl.Variable} {sentence}");
}
