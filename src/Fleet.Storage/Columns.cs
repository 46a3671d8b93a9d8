using System.Globalization;

namespace Fleet.Storage;

/// <summary>How values are written in columns: instants as UTC in ISO 8601 at a fixed width, so that text sorts as time does; enums in lower case.</summary>
internal static class Columns
{
    public static string Instant(DateTimeOffset value) => value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static T Value<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name, ignoreCase: true);
}
