using System.Globalization;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Kubernetes quantities ("Quantity" in the API conventions): decimal and binary suffixes, canonical writing.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("Pi", 1L << 50), ("Ei", 1L << 60),
        ("n", 1e-9m), ("u", 1e-6m), ("m", 1e-3m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m), ("E", 1e18m),
    ];

    public static bool TryParse(string text, out decimal value)
    {
        var factor = 1m;
        var number = text;
        foreach (var (suffix, unit) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                (factor, number) = (unit, text[..^suffix.Length]);
                break;
            }
        }

        var good = decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        value *= factor;
        return good;
    }

    public static long MilliCores(string? text) => text is not null && TryParse(text, out var value) ? (long)decimal.Ceiling(value * 1000) : 0;

    public static long Bytes(string? text) => text is not null && TryParse(text, out var value) ? (long)decimal.Ceiling(value) : 0;

    public static string Cores(long milli) => milli % 1000 == 0 ? (milli / 1000).ToString() : $"{milli}m";

    public static string Memory(long bytes)
    {
        var (scaled, unit) = (bytes, 0);
        while (unit < 4 && scaled != 0 && scaled % 1024 == 0)
        {
            (scaled, unit) = (scaled / 1024, unit + 1);
        }

        return scaled + new[] { "", "Ki", "Mi", "Gi", "Ti" }[unit];
    }
}
