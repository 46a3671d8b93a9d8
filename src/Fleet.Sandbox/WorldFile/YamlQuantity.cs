using System.Globalization;
using System.Text.RegularExpressions;

namespace Fleet.Sandbox.WorldFile;

/// <summary>Durations and amounts as Kubernetes and Go write them; null for what is none.</summary>
internal static partial class YamlQuantity
{
    public static TimeSpan? Duration(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        if (!Durations().IsMatch(text))
        {
            return null;
        }

        return Parts().Matches(text).Aggregate(TimeSpan.Zero, (sum, part) => sum + (Number(part.Groups[1].Value) * part.Groups[2].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        }));
    }

    public static long? MilliCpu(string text) =>
        text.EndsWith('m') ? Amount(text[..^1], 1) : Amount(text, 1000);

    public static long? Bytes(string text) => text switch
    {
        [.., 'K', 'i'] => Amount(text[..^2], 1L << 10),
        [.., 'M', 'i'] => Amount(text[..^2], 1L << 20),
        [.., 'G', 'i'] => Amount(text[..^2], 1L << 30),
        _ => Amount(text, 1),
    };

    private static long? Amount(string text, long unit) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? (long)(number * unit) : null;

    private static double Number(string text) => double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d+(\.\d+)?(ms|s|m|h|d))+$")]
    private static partial Regex Durations();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(ms|s|m|h|d)")]
    private static partial Regex Parts();
}
