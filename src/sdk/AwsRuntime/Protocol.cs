using Amazon.Runtime.Internal;

namespace Fleet.Sdk.Aws;

/// <summary>How one service speaks: its version, its way with requests and answers, and its errors.</summary>
internal abstract record Protocol(string ServiceId, string ApiVersion, ErrorFactory Errors)
{
    /// <summary>The options of one operation. <paramref name="resultWrapper"/> is the element around a query answer, if there is one.</summary>
    public abstract InvokeOptions Operation<TResponse>(string operation, string resultWrapper = null)
        where TResponse : Amazon.Runtime.AmazonWebServiceResponse, IWireOutput, new();
}
