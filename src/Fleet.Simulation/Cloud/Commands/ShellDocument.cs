using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Cloud.Commands;

/// <summary>The one document that this world has: <c>AWS-RunShellScript</c>, as its schema says (AWS Systems Manager User Guide, "AWS-RunShellScript").</summary>
public static partial class ShellDocument
{
    /// <summary>Its name.</summary>
    public const string Name = "AWS-RunShellScript";

    /// <summary>Its one plugin.</summary>
    public const string Plugin = "aws:runShellScript";

    private static readonly string[] Known = ["commands", "workingDirectory", "executionTimeout"];

    /// <summary>How long a script may run: what the parameters say, else an hour.</summary>
    /// <exception cref="CallRefusedException">There is no such document, or the parameters are not the document's.</exception>
    public static TimeSpan Check(string document, ImmutableSortedDictionary<string, ImmutableArray<string>> parameters)
    {
        if (document != Name && !document.EndsWith($":document/{Name}", StringComparison.Ordinal))
        {
            throw new CallRefusedException(400, "InvalidDocument", $"Document with name {document} does not exist.");
        }

        if (parameters.Keys.Except(Known).FirstOrDefault() is { } unknown)
        {
            throw Invalid($"Parameter \"{unknown}\" is not defined in the document.");
        }

        if (!parameters.TryGetValue("commands", out var commands) || commands.IsEmpty)
        {
            throw Invalid("Parameter \"commands\" is required by the document.");
        }

        var timeout = parameters.TryGetValue("executionTimeout", out var given) ? given.FirstOrDefault("") : "3600";
        return Seconds().IsMatch(timeout) ? TimeSpan.FromSeconds(int.Parse(timeout)) : throw Invalid("Parameter \"executionTimeout\" does not match the document's allowed pattern.");
    }

    private static CallRefusedException Invalid(string message) => new(400, "InvalidParameters", message);

    [GeneratedRegex(@"\A([1-9][0-9]{0,4}|1[0-6][0-9]{4}|17[0-1][0-9]{3}|172[0-7][0-9]{2}|172800)\z")]
    private static partial Regex Seconds();
}
