namespace Fleet.Aws;

/// <summary>
/// Lets each call through once, for verbs whose repetition does harm. The transport repeats by itself a request whose connection ended without an answer, below any count of retries:
/// a body that can be sent only once is what stops it.
/// </summary>
internal sealed class SingleAttempt : DelegatingHandler
{
    private SingleAttempt(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <summary>Wraps the transport, and what a test has wrapped around it.</summary>
    public static Func<HttpMessageHandler, HttpMessageHandler> Around(Func<HttpMessageHandler, HttpMessageHandler>? wrap) => transport => new SingleAttempt(wrap is null ? transport : wrap(transport));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } body)
        {
            request.Content = new OnceContent(body);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
