using System.Text.RegularExpressions;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Validation;
using Fleet.Tools.Hooks;

namespace Fleet.Hosting.Settings;

/// <summary>Reads the section <c>hooks</c> of a server's settings.</summary>
internal static partial class HooksReader
{
    private static readonly Format Variable = new(VariableForm(), "the name of an environment variable that does not begin with FLEET_");

    private static readonly Format Timeout = new(TimeoutForm(), "1s to 600s, or 1m to 10m");

    public static IReadOnlyDictionary<string, HookSettings> Read(FieldReader? section, string folder, ISecrets secrets)
    {
        var hooks = new Dictionary<string, HookSettings>();
        foreach (var name in section?.Names(Formats.Name) ?? [])
        {
            if (section!.Map(name, required: true) is { } map)
            {
                hooks[name] = Of(map, folder, secrets);
            }
        }

        return hooks;
    }

    private static HookSettings Of(FieldReader map, string folder, ISecrets secrets)
    {
        var command = map.Texts("command", Formats.Line, required: true);
        if (command is [var program, ..])
        {
            var path = Path.GetFullPath(program, folder);
            command = command.SetItem(0, path);
            if (!File.Exists(path))
            {
                map.Fail("command", "unreadable", program, "a program and its arguments", $"{map.Path("command")} names a program that is not there: {path}");
            }
        }
        else if (map.Find("command") is Core.Inventory.Documents.DocumentList)
        {
            map.Fail("command", "invalid-value", "[]", "a program and its arguments", $"{map.Path("command")} is empty; allowed: a program and its arguments");
        }

        var hook = new HookSettings
        {
            Command = command,
            Timeout = map.Text("timeout", Timeout) is { } written && Durations.TryParse(written, out var timeout) ? timeout : HookSettings.UsualTimeout,
            Environment = Texts(map.Map("environment"), Formats.Line),
            Secrets = Texts(map.Map("secrets"), Formats.Name),
        };
        foreach (var (variable, secret) in hook.Secrets.Where(one => !secrets.Names.Contains(one.Value)))
        {
            map.Fail("secrets", "unknown-secret", secret, string.Join(", ", secrets.Names), $"{map.Path("secrets")}.{variable} names '{secret}', which is not under secrets{NearestNames.Hint(secret, secrets.Names)}");
        }

        map.Close();
        return hook;
    }

    private static Dictionary<string, string> Texts(FieldReader? map, Format format)
    {
        var texts = new Dictionary<string, string>();
        foreach (var name in map?.Names(Variable) ?? [])
        {
            texts[name] = map!.Text(name, format, required: true) ?? "";
        }

        return texts;
    }

    [GeneratedRegex(@"\A(?!FLEET_)[A-Za-z_][A-Za-z0-9_]{0,127}\z")]
    private static partial Regex VariableForm();

    [GeneratedRegex(@"\A(([1-9][0-9]?|[1-5][0-9]{2}|600)s|([1-9]|10)m)\z")]
    private static partial Regex TimeoutForm();
}
