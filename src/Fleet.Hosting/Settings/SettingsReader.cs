using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Core.Inventory.Validation;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Outgoing;

namespace Fleet.Hosting.Settings;

/// <summary>Reads the settings of a server, a document of <c>kind: Service</c>, and finds everything that cannot work: unknown fields, files that cannot be read, variables that are not set, references to nothing.</summary>
public static partial class SettingsReader
{
    private const string Version = "fleet/v1";

    private static readonly Format VersionFormat = new(new($@"\A{Version}\z"), Version);

    private static readonly Format Variable = new(VariableForm(), "the name of an environment variable");

    private static readonly Format Days = new(DaysForm(), "1d to 99999d");

    /// <summary>Reads the settings.</summary>
    /// <param name="path">Path of the file; relative paths in it start from its folder.</param>
    /// <param name="environment">Reads an environment variable; null where it is unset.</param>
    /// <param name="loopback">Whether the service may reach loopback addresses, and without TLS, whatever the file allows.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>The settings; null when anything is wrong.</returns>
    public static ServiceSettings? Read(string path, Func<string, string?> environment, bool loopback, ICollection<InputError> errors)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(errors);
        var found = new List<InputError>();
        var settings = Document(path, found) is { } map ? Of(map, Path.GetDirectoryName(Path.GetFullPath(path))!, environment, loopback, found) : null;
        foreach (var error in found.OrderBy(error => error.Line).ThenBy(error => error.Column))
        {
            errors.Add(error);
        }

        return found.Count == 0 ? settings : null;
    }

    private static DocumentMap? Document(string path, List<InputError> errors)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            errors.Add(InputError.Argument("unreadable", "--settings", path, "a file that can be read", $"{path} cannot be read: {unreadable.Message}"));
            return null;
        }

        var read = YamlDocuments.Read(text, path);
        errors.AddRange(read.Errors);
        if (read.Errors.IsEmpty && read.Documents is not [DocumentMap])
        {
            errors.Add(InputError.Argument("invalid-value", "--settings", path, "one document of kind Service", $"{path} holds {read.Documents.Length} documents, or none that is a map; allowed: one document of kind Service"));
        }

        return read.Errors.IsEmpty && read.Documents is [DocumentMap map] ? map : null;
    }

    private static ServiceSettings Of(DocumentMap map, string folder, Func<string, string?> environment, bool loopback, List<InputError> errors)
    {
        var fields = new FieldReader(map, "", errors);
        fields.Text("apiVersion", VersionFormat, required: true);
        fields.Choice("kind", new Dictionary<string, bool> { ["Service"] = true }, required: true);
        var secrets = Secrets(fields.Map("secrets"), folder, environment);
        var (retention, limits) = (fields.Map("retention"), fields.Map("limits"));
        var settings = new ServiceSettings
        {
            Kubeconfigs = Files(fields.Map("kubeconfigs"), folder),
            Secrets = secrets,
            Outgoing = Outgoing(fields.Map("outgoing")) with { Loopback = loopback },
            JournalRetention = Span(retention, "journal"),
            AuditRetention = Span(retention, "audit"),
            Limits = Limits(limits),
            Images = ImagesReader.Read(fields.Map("images"), folder),
            Hooks = HooksReader.Read(fields.Map("hooks"), folder, secrets),
        };
        retention?.Close();
        limits?.Close();
        var audit = fields.Map("audit");
        settings = settings with { AuditWebhook = AuditReader.Webhook(audit?.Map("webhook"), settings), AuditBucket = AuditReader.Bucket(audit?.Map("bucket")), Notifications = NotificationsReader.Read(fields.Map("notifications"), settings) };
        audit?.Close();
        fields.Close();
        return settings;
    }

    private static Dictionary<string, string> Files(FieldReader? map, string folder)
    {
        var files = new Dictionary<string, string>();
        foreach (var name in map?.Names(Formats.Name) ?? [])
        {
            files[name] = Readable(map!, name, folder) ?? "";
        }

        return files;
    }

    private static NamedSecrets Secrets(FieldReader? map, string folder, Func<string, string?> environment)
    {
        var sources = new Dictionary<string, SecretSource>();
        foreach (var name in map?.Names(Formats.Name) ?? [])
        {
            if (map!.Map(name, required: true) is not { } source)
            {
                continue;
            }

            var (file, variable) = (source.Find("file") is null ? null : Readable(source, "file", folder), source.Text("env", Variable));
            if (source.Find("file") is null == source.Find("env") is null)
            {
                source.Fail("", "conflict", null, "file or env", $"{source.Path("")} needs one of file and env: the secret itself does not go into the settings");
            }
            else if (variable is not null && string.IsNullOrWhiteSpace(environment(variable)))
            {
                source.Fail("env", "invalid-value", variable, "a variable that is set", $"{source.Path("env")} names {variable}, which is not set");
            }

            source.Close();
            sources[name] = new SecretSource(file, variable);
        }

        return new NamedSecrets(sources, environment);
    }

    private static string? Readable(FieldReader map, string name, string folder)
    {
        if (map.Text(name, Formats.Line, required: true) is not { } written)
        {
            return null;
        }

        var path = Path.GetFullPath(written, folder);
        try
        {
            using var opened = File.OpenRead(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            map.Fail(name, "unreadable", written, "a file that can be read", $"{map.Path(name)} names a file that cannot be read: {unreadable.Message}");
        }

        return path;
    }

    private static OutgoingRules Outgoing(FieldReader? map)
    {
        var allowed = map?.Texts("allow", OutgoingNames.Target) ?? [];
        var networks = allowed.Select(OutgoingNames.Network).ToImmutableArray();
        var rules = new OutgoingRules
        {
            Networks = [.. networks.OfType<System.Net.IPNetwork>()],
            Hosts = [.. allowed.Where((_, index) => networks[index] is null).Select(host => host.ToLowerInvariant())],
            PlainHttp = [.. (map?.Texts("plainHttp", OutgoingNames.Host) ?? []).Select(host => host.ToLowerInvariant())],
        };
        foreach (var wrong in allowed.Where(one => one.Contains('/', StringComparison.Ordinal) && OutgoingNames.Network(one) is null))
        {
            map!.Fail("allow", "invalid-value", wrong, OutgoingNames.Target.Allowed, $"{map.Path("allow")} has '{wrong}'; allowed: {OutgoingNames.Target.Allowed}");
        }

        map?.Close();
        return rules;
    }

    private static TimeSpan? Span(FieldReader? map, string name) => map?.Text(name, Days) is { } text ? TimeSpan.FromDays(int.Parse(text.AsSpan(0, text.Length - 1))) : null;

    private static RequestLimits Limits(FieldReader? map)
    {
        var usual = new RequestLimits();
        return new RequestLimits
        {
            Caller = map?.Number("caller", 1, 1_000_000) ?? usual.Caller,
            Address = map?.Number("address", 1, 1_000_000) ?? usual.Address,
            Following = map?.Number("following", 1, 10_000) ?? usual.Following,
        };
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,199}\z")]
    private static partial Regex VariableForm();

    [GeneratedRegex(@"\A[1-9][0-9]{0,4}d\z")]
    private static partial Regex DaysForm();
}
