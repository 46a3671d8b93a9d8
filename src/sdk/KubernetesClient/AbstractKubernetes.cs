using k8s.Autorest;

namespace k8s;

public abstract partial class AbstractKubernetes
{
    private protected AbstractKubernetes()
    {
    }

    public TimeSpan HttpClientTimeout { get; set; } = TimeSpan.FromSeconds(100);

    internal abstract Task<HttpOperationResponse<T>> SendAsync<T>(Call call, CancellationToken cancellationToken);
}
