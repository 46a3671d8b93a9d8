using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Fleet.Service.Watching;

/// <summary>An instrument's values at one moment.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Series">One for each set of labels.</param>
internal sealed record MetricFamily(Instrument Instrument, MetricKind Kind, ImmutableArray<MetricSeries> Series);
