using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Fleet.Sdk.Aws;

/// <summary>Reads an XML answer: EC2 puts the members below the root, the query protocol below a wrapper.</summary>
internal sealed class QueryUnmarshaller<TResponse>(ErrorFactory errors, string resultWrapper) : XmlResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, IWireOutput, new()
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        var root = XDocument.Load(context.Stream).Root!;
        var response = new TResponse();
        var members = resultWrapper is null ? root : root.Elements().FirstOrDefault(child => child.Name.LocalName == resultWrapper);
        if (members is not null)
        {
            new XmlValue(members).Into(response);
        }

        var requestId = root.Descendants().FirstOrDefault(child => child.Name.LocalName is "requestId" or "RequestId")?.Value;
        response.ResponseMetadata = new ResponseMetadata { RequestId = requestId };
        return response;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(context);
        return errors(error, innerException, statusCode);
    }
}
