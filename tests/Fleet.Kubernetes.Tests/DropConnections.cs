namespace Fleet.Kubernetes.Tests;

/// <summary>Breaks every watch that is open, as a network does, and those that are on their way.</summary>
internal sealed class DropConnections : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly List<BreakableStream> _open = [];
    private TaskCompletionSource _up = Whole();
    private int _falls;

    /// <summary>Breaks what is open; the next watch gets through.</summary>
    public void All()
    {
        Down();
        Up();
    }

    /// <summary>Breaks what is open; no watch gets through until it is up again.</summary>
    public void Down()
    {
        lock (_gate)
        {
            _falls++;
            _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _open.ForEach(stream => stream.Break());
            _open.Clear();
        }
    }

    public void Up() => _up.SetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        await _up.Task.WaitAsync(cancellationToken);
        var falls = _falls;
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            var stream = new BreakableStream(await response.Content.ReadAsStreamAsync(cancellationToken));
            response.Content = new StreamContent(stream);
            lock (_gate)
            {
                if (falls == _falls)
                {
                    _open.Add(stream);
                }
                else
                {
                    stream.Break();
                }
            }
        }

        return response;
    }

    private static TaskCompletionSource Whole()
    {
        var up = new TaskCompletionSource();
        up.SetResult();
        return up;
    }
}
