using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Fleet.Service.Watching;

/// <summary>Adds up what one instrument measures, by labels.</summary>
internal sealed class InstrumentSeries
{
    /// <summary>What comes under further labels is added up under one, so that a slip in a label cannot fill the memory.</summary>
    private const int Most = 2000;

    private static readonly ImmutableArray<double> DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly ImmutableArray<KeyValuePair<string, string>> Overflow = [new("overflow", "true")];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Cell> _cells = new(StringComparer.Ordinal);
    private readonly Instrument _instrument;
    private readonly bool _adds;
    private readonly MetricKind _kind;
    private readonly ImmutableArray<double> _bounds = [];

    public InstrumentSeries(Instrument instrument)
    {
        _instrument = instrument;
        var type = instrument.GetType().GetGenericTypeDefinition();
        _kind = type == typeof(Histogram<>) ? MetricKind.Histogram : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter : MetricKind.Gauge;
        _adds = type == typeof(Histogram<>) || type == typeof(Counter<>) || type == typeof(UpDownCounter<>);
        if (_kind == MetricKind.Histogram)
        {
            _bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries is { Count: > 0 } advised ? [.. advised] : DefaultBounds;
        }
    }

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new KeyValuePair<string, string>[tags.Length];
        for (var place = 0; place < tags.Length; place++)
        {
            labels[place] = new(tags[place].Key, Convert.ToString(tags[place].Value, CultureInfo.InvariantCulture) ?? "");
        }

        Array.Sort(labels, (one, other) => string.CompareOrdinal(one.Key, other.Key));
        var key = string.Join('\u0001', labels.Select(label => $"{label.Key}\u0002{label.Value}"));
        lock (_gate)
        {
            if (!_cells.TryGetValue(key, out var cell) && _cells.Count >= Most)
            {
                (key, labels) = ("", [.. Overflow]);
                _cells.TryGetValue(key, out cell);
            }

            if (cell is null)
            {
                _cells.Add(key, cell = new Cell([.. labels], _kind == MetricKind.Histogram ? new long[_bounds.Length + 1] : []));
            }

            cell.Value = _adds ? cell.Value + value : value;
            if (_kind == MetricKind.Histogram)
            {
                var place = _bounds.BinarySearch(value);
                cell.Buckets[place < 0 ? ~place : place]++;
            }
        }
    }

    /// <summary>Forgets what is about to be observed anew, so that a series that is there no more is not told.</summary>
    public void Forget()
    {
        if (_instrument.IsObservable)
        {
            lock (_gate)
            {
                _cells.Clear();
            }
        }
    }

    public MetricFamily Read()
    {
        lock (_gate)
        {
            return new MetricFamily(_instrument, _kind, [.. _cells.OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => new MetricSeries(cell.Value.Labels, cell.Value.Value, _bounds, [.. cell.Value.Buckets]))]);
        }
    }

    private sealed class Cell(ImmutableArray<KeyValuePair<string, string>> labels, long[] buckets)
    {
        public ImmutableArray<KeyValuePair<string, string>> Labels => labels;

        public double Value { get; set; }

        public long[] Buckets => buckets;
    }
}
