using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleet.Cli.Contexts;

/// <summary>The file of contexts in the user's configuration folder. It may hold secrets, so that nobody but its owner may read it.</summary>
/// <param name="path">Its path.</param>
internal sealed class ContextFile(string path)
{
    /// <summary>Names the file in place of the default one.</summary>
    public const string Variable = "FLEET_CONFIG";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Path => path;

    /// <summary>The file that the environment names: <c>$FLEET_CONFIG</c>, else <c>$XDG_CONFIG_HOME/fleet/config.json</c>, else <c>~/.config/fleet/config.json</c> (XDG Base Directory Specification).</summary>
    public static ContextFile Of(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } named)
        {
            return new(named);
        }

        var folder = environment("XDG_CONFIG_HOME");
        if (string.IsNullOrEmpty(folder) || !System.IO.Path.IsPathRooted(folder))
        {
            var home = environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            folder = System.IO.Path.Combine(home, ".config");
        }

        return new(System.IO.Path.Combine(folder, "fleet", "config.json"));
    }

    /// <summary>Reads the file; no contexts where there is none.</summary>
    /// <exception cref="RefusedException">It cannot be read, has mistakes, or others may read it.</exception>
    public ContextSet Read()
    {
        try
        {
            if (!File.Exists(path))
            {
                return new();
            }

            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                throw Refuse("wide-permissions", $"others than its owner may use {path}, which holds keys and tokens: 'chmod 600 {path}', and take back what others may have read");
            }

            var set = JsonSerializer.Deserialize<ContextSet>(File.ReadAllText(path), Options) ?? new();
            return set.Current is null || set.Contexts.Any(context => context.Name == set.Current)
                ? set
                : throw Refuse("context-file", $"{path} has '{set.Current}' as current, which is none of its contexts; 'fleet login SERVER' makes one, or correct the file");
        }
        catch (JsonException wrong)
        {
            // What System.Text.Json says names place and field, and no value.
            throw Refuse("context-file", $"{path} is no file of contexts: {wrong.Message}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Refuse("unreadable", $"{path} cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Writes the file beside its place and moves it there, so that nobody ever sees half of it, nor others any of it.</summary>
    /// <exception cref="RefusedException">It cannot be written.</exception>
    public void Write(ContextSet set)
    {
        try
        {
            var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
            var written = $"{path}.{Environment.ProcessId}";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
                options.UnixCreateMode = OwnerOnly;
            }

            using (var stream = new FileStream(written, options))
            {
                JsonSerializer.Serialize(stream, set, Options);
            }

            File.Move(written, path, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Refuse("unwritable", $"{path} cannot be written: {failed.Message}");
        }
    }

    private RefusedException Refuse(string code, string message) => RefusedException.Because(code, Variable, path, null, message);
}
