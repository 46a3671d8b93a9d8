namespace Fleet.Benchmarks;

/// <summary>Keeps the bodies of answers as they came over the wire.</summary>
internal sealed class BodyRecorder : DelegatingHandler
{
    public List<byte[]> Bodies { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await answer.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        Bodies.Add(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return answer;
    }
}
