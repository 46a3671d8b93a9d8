using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Fleet.Service.Watching;

/// <summary>
/// Writes metrics in Prometheus' text format 0.0.4. Names follow "Prometheus and OpenMetrics Compatibility" of the OpenTelemetry specification: dots become underscores, the unit is the last word, a counter's name ends in _total.
/// </summary>
internal static class PrometheusText
{
    /// <summary>The format's media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal) { ["s"] = "seconds", ["By"] = "bytes", ["1"] = "ratio" };

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var name = NameOf(family);
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escape(family.Instrument.Description ?? family.Instrument.Name, quotes: false)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {family.Kind.ToString().ToLowerInvariant()}\n");
            foreach (var series in family.Series)
            {
                if (family.Kind == MetricKind.Histogram)
                {
                    WriteHistogram(text, name, series);
                }
                else
                {
                    WriteLine(text, name, series.Labels, series.Value);
                }
            }
        }

        return text.ToString();
    }

    /// <summary>The name that Prometheus knows a metric by.</summary>
    public static string NameOf(MetricFamily family)
    {
        var name = Word(family.Instrument.Name);
        if (family.Instrument.Unit is { } unit && Units.TryGetValue(unit, out var suffix) && (unit != "1" || family.Kind == MetricKind.Gauge) && !name.EndsWith($"_{suffix}", StringComparison.Ordinal))
        {
            name = $"{name}_{suffix}";
        }

        return family.Kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    private static void WriteHistogram(StringBuilder text, string name, MetricSeries series)
    {
        var count = 0L;
        for (var place = 0; place < series.Buckets.Length; place++)
        {
            count += series.Buckets[place];
            WriteLine(text, $"{name}_bucket", series.Labels.Add(new("le", place < series.Bounds.Length ? Number(series.Bounds[place]) : "+Inf")), count);
        }

        WriteLine(text, $"{name}_sum", series.Labels, series.Value);
        WriteLine(text, $"{name}_count", series.Labels, count);
    }

    private static void WriteLine(StringBuilder text, string name, ImmutableArray<KeyValuePair<string, string>> labels, double value)
    {
        text.Append(name);
        if (!labels.IsEmpty)
        {
            text.Append('{').AppendJoin(',', labels.Select(label => $"{Word(label.Key)}=\"{Escape(label.Value, quotes: true)}\"")).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Word(string name) => string.Concat(name.Select((letter, place) => char.IsAsciiLetter(letter) || letter == '_' || (place > 0 && char.IsAsciiDigit(letter)) ? letter : '_'));

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
