using System.Text.RegularExpressions;
using Fleet.Core.Inventory;

namespace Fleet.Tools.Packer;

/// <summary>What Packer says of a template that it refuses, with file and line.</summary>
internal static partial class PackerProblems
{
    /// <summary>Reads what it said.</summary>
    /// <param name="said">All that it said.</param>
    /// <param name="folder">The template's folder, which is left out of what is named.</param>
    public static IReadOnlyList<InputError> Read(string said, string folder)
    {
        var problems = new List<InputError>();
        foreach (Match match in Problem().Matches(said))
        {
            var (summary, rest) = (match.Groups["summary"].Value.Trim(), match.Groups["rest"].Value);
            var place = Place().Match(rest);
            var detail = string.Join(' ', rest.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !Place().IsMatch(line) && !Quoted().IsMatch(line)));
            var message = detail.Length == 0 ? summary : $"{summary}: {detail}";
            var file = place.Success ? Path.GetRelativePath(folder, place.Groups["file"].Value) : null;
            problems.Add(Refused(file is null ? $"packer refuses the template: {message}" : $"packer refuses {file}, line {place.Groups["line"].Value}: {message}"));
        }

        return problems.Count > 0 ? problems : [Refused($"packer refuses the template: {said.Trim()}")];
    }

    private static InputError Refused(string message) => InputError.Argument("template-refused", "spec.template", null, null, message);

    [GeneratedRegex(@"^Error: (?<summary>[^\n]*)\n(?<rest>(?:(?!^Error: |^Warning: ).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Problem();

    [GeneratedRegex(@"^\s*on (?<file>\S+) line (?<line>\d+)", RegexOptions.Multiline)]
    private static partial Regex Place();

    /// <summary>The template's own text, which Packer repeats.</summary>
    [GeneratedRegex(@"^(\d+:|\(source code not available\))")]
    private static partial Regex Quoted();
}
