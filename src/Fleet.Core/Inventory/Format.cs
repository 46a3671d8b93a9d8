using System.Text.RegularExpressions;

namespace Fleet.Core.Inventory;

/// <summary>A form that text must have, with the words that say so.</summary>
/// <param name="Pattern">Matches what is allowed.</param>
/// <param name="Allowed">What is allowed, in the words of an error.</param>
public sealed record Format(Regex Pattern, string Allowed)
{
    /// <summary>Whether the text has the form.</summary>
    public bool Accepts(string text) => Pattern.IsMatch(text);
}
