using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Fleet.Storage;

/// <summary>How values are written in columns: instants as UTC in ISO 8601 at a fixed width, so that text sorts as time does; enums in lower case.</summary>
internal static class Columns
{
    public static string Instant(DateTimeOffset value) => value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Text that others wrote: what a database cannot hold (NUL, halves of surrogate pairs) becomes U+FFFD, so that an odd message never keeps a round from being recorded.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Text(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // Encoding replaces the halves; NUL is the only character beside them that PostgreSQL refuses.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
    }

    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static T Value<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name, ignoreCase: true);
}
