using System.Text.RegularExpressions;

namespace Fleet.Core.Templates;

/// <summary>Takes out of text what looks like a secret. It rather masks too much: launch templates of others may hold whatever somebody has put there.</summary>
public static partial class SecretMask
{
    private const string Mask = "(masked)";

    /// <summary>The text without bootstrap tokens, values of what is named as a secret, credentials in addresses, and long runs of letters with digits.</summary>
    /// <param name="text">Text of one line or several.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var masked = Token().Replace(text, Mask);
        masked = Credentials().Replace(masked, $"://{Mask}@");
        masked = Named().Replace(masked, $"$1{Mask}");
        return Long().Replace(masked, Mask);
    }

    /// <summary>A bootstrap token (Kubernetes, "Authenticating with Bootstrap Tokens").</summary>
    [GeneratedRegex("(?<![A-Za-z0-9])[a-z0-9]{6}\\.[a-z0-9]{16}(?![A-Za-z0-9])")]
    private static partial Regex Token();

    [GeneratedRegex("://[^/@\\s]+@")]
    private static partial Regex Credentials();

    [GeneratedRegex("((?:pass(?:word|wd|phrase)?|secret|token|credential|api_?-?key|access_?-?key|private_?-?key|auth(?:orization)?)[A-Za-z0-9_-]*[\"']?\\s*[:= ]\\s*)(?!\\(masked\\))(\"[^\"]*\"|'[^']*'|\\S+)", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex("(?<![A-Za-z0-9+/=_-])(?=[A-Za-z0-9+/=_-]*[0-9])(?=[A-Za-z0-9+/=_-]*[A-Za-z])[A-Za-z0-9+/=_-]{20,}")]
    private static partial Regex Long();
}
