using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Fleet.Sdk.Aws;

/// <summary>A request as a form: the action, the version of the interface, and the members.</summary>
internal sealed class QueryMarshaller(QueryProtocol protocol, string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, protocol.ServiceId) { HttpMethod = "POST", ResourcePath = "/" };
        request.ParameterCollection.Add("Action", operation);
        request.ParameterCollection.Add("Version", protocol.ApiVersion);
        ((IWireInput)input).Write(new QueryWriter(request.ParameterCollection, protocol.FlatLists));
        request.SetContentFromParameters = true;
        return request;
    }
}
