namespace Fleet.Aws;

/// <summary>
/// Lets each call through once, for verbs whose repetition does harm. With no retries asked for the SDK still repeats a call whose connection ended without an answer, under the same
/// invocation id and uncounted: an id that has been seen fails here before anything is sent.
/// </summary>
internal sealed class SingleAttempt : DelegatingHandler
{
    private const string InvocationHeader = "amz-sdk-invocation-id";
    private const int Remembered = 1000;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _order = [];

    private SingleAttempt(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <summary>Wraps the transport, and what a test has wrapped around it.</summary>
    public static Func<HttpMessageHandler, HttpMessageHandler> Around(Func<HttpMessageHandler, HttpMessageHandler>? wrap) => transport => new SingleAttempt(wrap is null ? transport : wrap(transport));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        IsFirst(request) ? base.SendAsync(request, cancellationToken) : throw new HttpRequestException("the connection ended without an answer, and the call must not be repeated");

    private bool IsFirst(HttpRequestMessage request)
    {
        var invocation = request.Headers.TryGetValues(InvocationHeader, out var values) ? values.First() : "";
        lock (_gate)
        {
            if (invocation.Length > 0 && !_seen.Add(invocation))
            {
                return false;
            }

            _order.Enqueue(invocation);
            if (_order.Count > Remembered)
            {
                _seen.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
