using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Fleet.Core.Telemetry;

namespace Fleet.Service.Watching;

/// <summary>Listens to the instruments of one service: Fleet's own, those of its web server, and the runtime's.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> _series = new();
    private readonly ImmutableArray<object> _scopes;
    private readonly Lock _gate = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="scopes">Scopes of meters that belong to this service; those without a scope belong to the process.</param>
    public MetricsCollector(params ImmutableArray<object> scopes)
    {
        _scopes = scopes;
        RuntimeHelpers.RunClassConstructor(typeof(FleetMetrics).TypeHandle);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Mine(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument, _series.GetOrAdd(instrument, made => new InstrumentSeries(made)));
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((InstrumentSeries)state!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((InstrumentSeries)state!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((InstrumentSeries)state!).Measure(value, tags));
        _listener.Start();
    }

    /// <summary>All values now, by name.</summary>
    public ImmutableArray<MetricFamily> Collect()
    {
        // Two scrapes at a time would forget each other's observations.
        lock (_gate)
        {
            foreach (var series in _series.Values)
            {
                series.Forget();
            }

            _listener.RecordObservableInstruments();
            return [.. _series.Values.Select(series => series.Read()).OrderBy(family => family.Instrument.Name, StringComparer.Ordinal)];
        }
    }

    public void Dispose() => _listener.Dispose();

    private bool Mine(Meter meter) =>
        (meter.Name == FleetMetrics.Name && (meter.Scope is null || _scopes.Contains(meter.Scope)))
        || (meter.Name == "Microsoft.AspNetCore.Hosting" && _scopes.Contains(meter.Scope!))
        || meter.Name == "System.Runtime";
}
