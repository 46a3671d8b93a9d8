using Fleet.Core.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Fleet.Service.Watching;

/// <summary>Sends traces and metrics by OTLP until it is disposed of, which sends the rest. A receiver that is away costs spans, never a run.</summary>
internal sealed class OtlpExport : IDisposable
{
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    /// <summary>Begins to send.</summary>
    /// <param name="target">To whom.</param>
    /// <param name="replica">This replica's name.</param>
    public OtlpExport(OtlpTarget target, string replica)
    {
        _traces = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => Name(resource, replica))
            .AddSource(FleetActivities.Name)
            .AddSource("Microsoft.AspNetCore")
            .AddOtlpExporter(exporter => Send(exporter, target, "traces"))
            .Build();
        _metrics = OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => Name(resource, replica))
            .AddMeter(FleetMetrics.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime")
            .AddOtlpExporter(exporter => Send(exporter, target, "metrics"))
            .Build();
    }

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Name(ResourceBuilder resource, string replica) =>
        resource.AddService("fleet", serviceVersion: ServiceGauges.Version, autoGenerateServiceInstanceId: false, serviceInstanceId: replica).AddEnvironmentVariableDetector();

    private static void Send(OtlpExporterOptions exporter, OtlpTarget target, string signal)
    {
        exporter.Endpoint = target.For(signal);
        exporter.Protocol = target.Http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
    }
}
