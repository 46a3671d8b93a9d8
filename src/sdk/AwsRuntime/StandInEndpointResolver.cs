using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Fleet.Sdk.Aws;

/// <summary>The step of the pipeline that sets a request's address.</summary>
internal sealed class StandInEndpointResolver(string prefix) : BaseEndpointResolver
{
    public override Endpoint GetEndpoint(IExecutionContext executionContext) => StandInEndpoints.Resolve(executionContext.RequestContext.ClientConfig, prefix);

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) => new();

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);
}
