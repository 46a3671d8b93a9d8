namespace Fleet.SdkGen;

/// <summary>Writes a service's client with its interface, configuration and exceptions.</summary>
internal sealed class AwsClientWriter(Service service, Reach reach)
{
    private readonly string client = service.Client;

    public string Client()
    {
        var source = new Source(
            "Amazon.Runtime", "Amazon.Runtime.Endpoints", "Amazon.Runtime.Internal", "Amazon.Runtime.Internal.Util", "Amazon.Util.Internal",
            $"Amazon.{service.Namespace}.Model", "Fleet.Sdk.Aws").Line($"namespace Amazon.{service.Namespace};").Line();
        source.Block($"public partial class {client}Request : AmazonWebServiceRequest", () => { });
        source.Line().Block($"public partial interface I{client} : IAmazonService", () =>
        {
            source.Line($"static ClientConfig IAmazonService.CreateDefaultClientConfig() => new {client}Config();");
            source.Line("static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>");
            source.Line($"    new {client}Client(awsCredentials, ({client}Config)clientConfig);");
            foreach (var operation in service.Operations)
            {
                source.Line(Signature(operation) + ";");
            }
        });
        Config(source);
        source.Line().Block($"public partial class {client}Client : AmazonServiceClient, I{client}", () =>
        {
            source.Line($"private static readonly Protocol Wire = {Protocol()};");
            foreach (var operation in service.Operations)
            {
                var wrapper = service.Operation(operation).TryGetProperty("output", out var output) ? output.Text("resultWrapper") : null;
                var arguments = $"\"{operation}\"" + (wrapper is null ? "" : $", \"{wrapper}\"");
                source.Line($"private static readonly InvokeOptions {operation}Options = Wire.Operation<{operation}Response>({arguments});");
            }

            source.Line($"public {client}Client() : base(new {client}Config()) {{ }}");
            source.Line($"public {client}Client({client}Config config) : base(config) {{ }}");
            source.Line($"public {client}Client(RegionEndpoint region) : base(new {client}Config {{ RegionEndpoint = region }}) {{ }}");
            source.Line($"public {client}Client(AWSCredentials credentials) : this(credentials, new {client}Config()) {{ }}");
            source.Line($"public {client}Client(AWSCredentials credentials, RegionEndpoint region) : this(credentials, new {client}Config {{ RegionEndpoint = region }}) {{ }}");
            source.Line($"public {client}Client(AWSCredentials credentials, {client}Config clientConfig) : base(credentials, clientConfig) {{ }}");
            source.Line($"protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => StandInPipeline.Customize(pipeline, \"{service.Metadata("endpointPrefix")}\");");
            foreach (var operation in service.Operations)
            {
                source.Line($"public {Signature(operation)} =>");
                source.Line($"    InvokeAsync<{operation}Response>(request, {operation}Options, cancellationToken);");
            }
        });
        return source.ToString();
    }

    public string Exceptions()
    {
        var source = new Source("System.Net", "Amazon.Runtime", "Amazon.Runtime.Internal", $"Amazon.{service.Namespace}.Model")
            .Line($"namespace Amazon.{service.Namespace}").Line("{");
        Exception(source, $"{client}Exception", "AmazonServiceException");
        source.Line().Block($"internal static class {client}Errors", () =>
        {
            source.Line("public static AmazonServiceException Create(ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch").Line("{");
            foreach (var shape in reach.Errors)
            {
                var code = service.Shape(shape).TryGetProperty("error", out var error) ? error.Text("code") : null;
                source.Line($"    \"{code ?? shape}\" => new {ExceptionName(shape)}(error.Message, inner, error.Type, error.Code, error.RequestId, status),");
            }

            source.Line($"    _ => new {client}Exception(error.Message, inner, error.Type, error.Code, error.RequestId, status),").Line("};");
        });
        source.Line("}");
        if (reach.Errors.Count > 0)
        {
            source.Line().Line($"namespace Amazon.{service.Namespace}.Model").Line("{");
            foreach (var shape in reach.Errors)
            {
                Exception(source, ExceptionName(shape), $"{client}Exception");
            }

            source.Line("}");
        }

        return source.ToString();
    }

    private void Config(Source source)
    {
        var prefix = service.Metadata("endpointPrefix");
        source.Line().Block($"public partial class {client}Config : ClientConfig", () =>
        {
            source.Line($"private static readonly string Agent = InternalSDKUtils.BuildUserAgentString(\"{service.Metadata("serviceId")}\", \"4.0.0.0\");");
            source.Line($"public {client}Config() : base(StandInConfiguration.Provider())").Line("{");
            source.Line($"    base.ServiceId = \"{service.Metadata("serviceId")}\";");
            source.Line($"    AuthenticationServiceName = \"{prefix}\";");
            source.Line($"    EndpointProvider = new StandInEndpointProvider(\"{prefix}\", () => this);").Line("}");
            source.Line($"public static new string ServiceId => \"{service.Metadata("serviceId")}\";");
            source.Line($"public override string RegionEndpointServiceName => \"{prefix}\";");
            source.Line($"public override string ServiceVersion => \"{service.Metadata("apiVersion")}\";");
            source.Line("public override string UserAgent => Agent;");
            source.Line("public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => EndpointProvider.ResolveEndpoint(new EndpointParameters());");
        });
    }

    private string Protocol()
    {
        var common = $"\"{service.Metadata("serviceId")}\", \"{service.Metadata("apiVersion")}\"";
        return service.Protocol switch
        {
            "ec2" => $"new QueryProtocol({common}, true, {client}Errors.Create)",
            "query" => $"new QueryProtocol({common}, false, {client}Errors.Create)",
            _ => $"new JsonProtocol({common}, \"{service.Metadata("targetPrefix")}\", {client}Errors.Create)",
        };
    }

    private static string Signature(string operation) =>
        $"Task<{operation}Response> {operation}Async({operation}Request request, CancellationToken cancellationToken = default)";

    private static string ExceptionName(string shape)
    {
        var stem = shape.Upper();
        foreach (var ending in new[] { "Fault", "Exception" })
        {
            stem = stem.EndsWith(ending, StringComparison.Ordinal) ? stem[..^ending.Length] : stem;
        }

        return stem + "Exception";
    }

    private static void Exception(Source source, string name, string baseType) => source.Line().Block($"public partial class {name} : {baseType}", () => source
        .Line($"public {name}(string message) : base(message) {{ }}")
        .Line($"public {name}(string message, Exception innerException) : base(message, innerException) {{ }}")
        .Line($"public {name}(Exception innerException) : base(innerException.Message, innerException) {{ }}")
        .Line($"public {name}(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) : base(message, innerException, errorType, errorCode, requestId, statusCode) {{ }}")
        .Line($"public {name}(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) : base(message, errorType, errorCode, requestId, statusCode) {{ }}"));
}
