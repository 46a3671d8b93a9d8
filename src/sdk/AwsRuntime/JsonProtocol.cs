using Amazon.Runtime.Internal;

namespace Fleet.Sdk.Aws;

/// <summary>JSON 1.1; <paramref name="TargetPrefix"/> stands before the operation in X-Amz-Target.</summary>
internal sealed record JsonProtocol(string ServiceId, string ApiVersion, string TargetPrefix, ErrorFactory Errors) : Protocol(ServiceId, ApiVersion, Errors)
{
    public override InvokeOptions Operation<TResponse>(string operation, string resultWrapper = null) => new()
    {
        RequestMarshaller = new JsonMarshaller(this, operation),
        ResponseUnmarshaller = new JsonUnmarshaller<TResponse>(Errors),
    };
}
