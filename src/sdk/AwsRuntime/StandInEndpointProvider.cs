using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Fleet.Sdk.Aws;

/// <summary>The address that the pipeline asks for; the configuration is the only input.</summary>
internal sealed class StandInEndpointProvider(string prefix, Func<IClientConfig> config) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters) => StandInEndpoints.Resolve(config(), prefix);
}
