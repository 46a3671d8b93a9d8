namespace k8s.Autorest;

public class HttpOperationResponse : IHttpOperationResponse, IDisposable
{
    public HttpRequestMessage Request { get; set; }

    public HttpResponseMessage Response { get; set; }

    public void Dispose()
    {
        Request?.Dispose();
        Response?.Dispose();
        GC.SuppressFinalize(this);
    }
}
