namespace Fleet.Kubernetes.Tests;

/// <summary>Breaks every watch that is open, as a network does.</summary>
internal sealed class DropConnections : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly List<BreakableStream> _open = [];

    public void All()
    {
        lock (_gate)
        {
            _open.ForEach(stream => stream.Break());
            _open.Clear();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal) && response.IsSuccessStatusCode)
        {
            var stream = new BreakableStream(await response.Content.ReadAsStreamAsync(cancellationToken));
            response.Content = new StreamContent(stream);
            lock (_gate)
            {
                _open.Add(stream);
            }
        }

        return response;
    }
}
