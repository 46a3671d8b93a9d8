namespace Fleet.Service.Watching;

/// <summary>What a metric's values are, as Prometheus calls it.</summary>
internal enum MetricKind
{
    /// <summary>Goes up only.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts by size.</summary>
    Histogram,
}
