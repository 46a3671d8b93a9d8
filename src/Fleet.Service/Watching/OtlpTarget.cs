namespace Fleet.Service.Watching;

/// <summary>A receiver of traces and metrics by OTLP ("OpenTelemetry Protocol Exporter").</summary>
/// <param name="Endpoint">Its address, without the signals' paths.</param>
/// <param name="Http">Whether it takes protobuf over http; else gRPC.</param>
public sealed record OtlpTarget(Uri Endpoint, bool Http)
{
    /// <summary>The variable that names the address.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The variable that names the protocol.</summary>
    public const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>What the standard's environment variables ask for; null where they name no receiver, or <c>OTEL_SDK_DISABLED</c> is true.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="FormatException">A variable has a value that it cannot have; the message names it and what is allowed.</exception>
    public static OtlpTarget? Of(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable(EndpointVariable) is not { Length: > 0 } endpoint || string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new FormatException($"{EndpointVariable} is no address of a receiver; allowed: http://HOST:PORT or https://HOST:PORT");
        }

        return variable(ProtocolVariable) switch
        {
            null or "" or "grpc" => new OtlpTarget(uri, Http: false),
            "http/protobuf" => new OtlpTarget(uri, Http: true),
            var other => throw new FormatException($"{ProtocolVariable} is '{other}'; allowed: grpc, http/protobuf"),
        };
    }

    /// <summary>Where a signal is sent to.</summary>
    internal Uri For(string signal) => Http ? new Uri($"{Endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal}") : Endpoint;
}
