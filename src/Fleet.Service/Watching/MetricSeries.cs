using System.Collections.Immutable;

namespace Fleet.Service.Watching;

/// <summary>One series of a metric.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value; of a histogram the sum.</param>
/// <param name="Bounds">Upper bounds of a histogram's buckets, the last one, which has none, left out.</param>
/// <param name="Buckets">How many fell into each bucket, the last one included; empty for what is no histogram.</param>
internal sealed record MetricSeries(ImmutableArray<KeyValuePair<string, string>> Labels, double Value, ImmutableArray<double> Bounds, ImmutableArray<long> Buckets);
