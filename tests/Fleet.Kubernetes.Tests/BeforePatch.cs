namespace Fleet.Kubernetes.Tests;

/// <summary>Lets something happen once, right before a patch goes out.</summary>
internal sealed class BeforePatch : DelegatingHandler
{
    public Action? Once { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Patch)
        {
            var once = Once;
            Once = null;
            once?.Invoke();
        }

        return base.SendAsync(request, cancellationToken);
    }
}
