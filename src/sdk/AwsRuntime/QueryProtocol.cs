using Amazon.Runtime.Internal;

namespace Fleet.Sdk.Aws;

/// <summary>EC2 query (<paramref name="FlatLists"/>) and query.</summary>
internal sealed record QueryProtocol(string ServiceId, string ApiVersion, bool FlatLists, ErrorFactory Errors) : Protocol(ServiceId, ApiVersion, Errors)
{
    public override InvokeOptions Operation<TResponse>(string operation, string resultWrapper = null) => new()
    {
        RequestMarshaller = new QueryMarshaller(this, operation),
        ResponseUnmarshaller = new QueryUnmarshaller<TResponse>(Errors, resultWrapper),
    };
}
