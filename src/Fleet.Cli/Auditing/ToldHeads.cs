using System.Text.Json;
using Fleet.Core.Access;

namespace Fleet.Cli.Auditing;

/// <summary>Heads of the audit log that were told outside, as they were kept there: one document a file, or several one after the other.</summary>
internal static class ToldHeads
{
    private const string Form = """{"kind": "audit-head", "sequence": NUMBER, "hash": HASH}""";

    private static readonly JsonReaderOptions Several = new() { AllowMultipleValues = true };

    /// <summary>Reads them, as <c>NUMBER:HASH</c>.</summary>
    /// <param name="told">One that was given itself; null for none.</param>
    /// <param name="path">A file, a folder with all below it, or <c>-</c>; null for none.</param>
    /// <param name="input">The standard input.</param>
    /// <exception cref="RefusedException">There is nothing, or something else.</exception>
    public static HashSet<string> Read(string? told, string? path, TextReader input)
    {
        HashSet<string> heads = told is null ? [] : [told];
        foreach (var (name, text) in path is null ? [] : Texts(path, input))
        {
            heads.UnionWith(Heads(name, text));
        }

        return path is null || heads.Count > (told is null ? 0 : 1) ? heads : throw Refused(path, $"{path} holds no head of the audit log");
    }

    private static List<(string Name, string Text)> Texts(string path, TextReader input)
    {
        try
        {
            return path == "-" ? [("standard input", input.ReadToEnd())]
                : Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file)))]
                : [(path, File.ReadAllText(path))];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw RefusedException.Because("unreadable", "--against", path, "a file or folder that can be read", $"{path} cannot be read: {unreadable.Message}");
        }
    }

    private static List<string> Heads(string name, string text)
    {
        var heads = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text), Several);
            while (reader.Read())
            {
                using var document = JsonDocument.ParseValue(ref reader);
                heads.Add(AuditHead.Read(document.RootElement.GetRawText())?.ToString() ?? throw Refused(name, $"{name} holds something else than heads of the audit log"));
            }
        }
        catch (JsonException)
        {
            throw Refused(name, $"{name} is no JSON");
        }

        return heads;
    }

    private static RefusedException Refused(string path, string why) => RefusedException.Because("invalid-value", "--against", path, Form, $"{why}; allowed: documents {Form}, as the webhook and the bucket get them");
}
