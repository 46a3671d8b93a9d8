using System.Diagnostics.Metrics;
using Fleet.Core.Telemetry;
using Fleet.Service.Watching;

namespace Fleet.Service.Tests.Watching;

/// <summary>Instruments as Prometheus reads them.</summary>
public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter _meter;
    private readonly MetricsCollector _collector;

    public PrometheusTextTests()
    {
        _meter = new Meter(new MeterOptions(FleetMetrics.Name) { Scope = this });
        _collector = new MetricsCollector(this);
    }

    [Fact]
    public void Counters_and_histograms_are_written_with_units_labels_and_buckets()
    {
        var counter = _meter.CreateCounter<long>("test.calls", "{call}", "Calls,\nall \\ of them.");
        counter.Add(2, new("verb", "say \"hi\"\n"), new("code", 200));
        counter.Add(3, new("code", 200), new("verb", "say \"hi\"\n"));
        var histogram = _meter.CreateHistogram("test.wait", "s", "Waits.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2.5] });
        foreach (var value in new[] { 0.5, 1, 2, 3 })
        {
            histogram.Record(value);
        }

        Text().ShouldBe(
            """
            # HELP test_calls_total Calls,\nall \\ of them.
            # TYPE test_calls_total counter
            test_calls_total{code="200",verb="say \"hi\"\n"} 5
            # HELP test_wait_seconds Waits.
            # TYPE test_wait_seconds histogram
            test_wait_seconds_bucket{le="1"} 2
            test_wait_seconds_bucket{le="2.5"} 3
            test_wait_seconds_bucket{le="+Inf"} 4
            test_wait_seconds_sum 6.5
            test_wait_seconds_count 4

            """);
    }

    [Fact]
    public void A_gauge_tells_what_is_there_now_and_no_series_that_is_gone()
    {
        var there = new List<Measurement<int>> { new(1, new KeyValuePair<string, object?>("run", "a")) };
        _meter.CreateObservableGauge("test.runs", () => there);
        Text().ShouldContain("test_runs{run=\"a\"} 1\n");

        there[0] = new(2, new KeyValuePair<string, object?>("run", "b"));

        Text().ShouldEndWith("# TYPE test_runs gauge\ntest_runs{run=\"b\"} 2\n");
    }

    [Fact]
    public void Labels_without_end_are_added_up_under_one()
    {
        var counter = _meter.CreateCounter<long>("test.names");
        for (var name = 0; name < 5000; name++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("name", name));
        }

        var lines = Text().Split('\n');

        lines.Length.ShouldBeLessThan(2100);
        lines.ShouldContain("test_names_total{overflow=\"true\"} 3000");
    }

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    private string Text() => PrometheusText.Write(_collector.Collect().Where(family => family.Instrument.Name.StartsWith("test.", StringComparison.Ordinal)));
}
