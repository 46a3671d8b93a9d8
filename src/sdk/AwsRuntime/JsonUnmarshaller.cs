using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Fleet.Sdk.Aws;

/// <summary>Reads a JSON 1.1 answer; the request's id comes as a header.</summary>
internal sealed class JsonUnmarshaller<TResponse>(ErrorFactory errors) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, IWireOutput, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext context)
    {
        var response = new TResponse();
        using var content = new MemoryStream();
        context.Stream.CopyTo(content);
        if (content.Length > 0)
        {
            using var document = JsonDocument.Parse(content.ToArray());
            new JsonValue(document.RootElement).Into(response);
        }

        response.ResponseMetadata = new ResponseMetadata { RequestId = context.ResponseData.GetHeaderValue("x-amzn-RequestId") };
        return response;
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(context.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref reader);
        return errors(error, innerException, statusCode);
    }
}
