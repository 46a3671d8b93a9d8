using System.Text.RegularExpressions;
using Fleet.Core.Images.Builds;
using Fleet.Core.Inventory;

namespace Fleet.Tools.Packer;

/// <summary>Finds where a template would run commands on this machine.</summary>
internal static partial class LocalCommands
{
    /// <summary>An error for each place, unless an admin trusts the template.</summary>
    public static IEnumerable<InputError> Check(BuildOrder order)
    {
        if (order.Trusted)
        {
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(order.Folder, "*.pkr.*").Order(StringComparer.Ordinal))
        {
            var lines = File.ReadAllLines(file);
            for (var index = 0; index < lines.Length; index++)
            {
                // In a comment, too: it costs nothing to write one otherwise, and nothing is missed.
                if (Local().IsMatch(lines[index]))
                {
                    var name = Path.GetFileName(file);
                    yield return InputError.Argument(
                        "local-command", "spec.template", "shell-local", null, $"{name}, line {index + 1}, names shell-local, which runs commands on Fleet's own machine; an admin can trust the template in the server's settings");
                }
            }
        }
    }

    [GeneratedRegex("shell-local", RegexOptions.IgnoreCase)]
    private static partial Regex Local();
}
