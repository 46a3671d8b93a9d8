using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Fleet.Sdk.Aws;

/// <summary>A request as one JSON object.</summary>
internal sealed class JsonMarshaller(JsonProtocol protocol, string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            ((IWireInput)input).Write(new JsonWriter(json));
            json.WriteEndObject();
        }

        var request = new DefaultRequest(input, protocol.ServiceId) { HttpMethod = "POST", ResourcePath = "/", Content = content.ToArray() };
        request.Headers["X-Amz-Target"] = $"{protocol.TargetPrefix}.{operation}";
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        return request;
    }
}
