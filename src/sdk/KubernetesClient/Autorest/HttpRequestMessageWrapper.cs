namespace k8s.Autorest;

public class HttpRequestMessageWrapper : HttpMessageWrapper
{
    public HttpRequestMessageWrapper(HttpRequestMessage httpRequest, string content)
    {
        // The copy outlives the request in exceptions and logs, hence it has no credentials.
        CopyHeaders(httpRequest.Headers.NonValidated.Where(header => header.Key != "Authorization")
            .Select(header => KeyValuePair.Create(header.Key, (IEnumerable<string>)header.Value)));
        Method = httpRequest.Method;
        RequestUri = httpRequest.RequestUri;
        Content = content;
    }

    public HttpMethod Method { get; }

    public Uri RequestUri { get; }
}
