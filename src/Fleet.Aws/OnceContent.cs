using System.Net;

namespace Fleet.Aws;

/// <summary>A body that can be sent once; to send it again is an error before a byte of it has left.</summary>
internal sealed class OnceContent : HttpContent
{
    private readonly HttpContent _body;
    private int _sent;

    public OnceContent(HttpContent body)
    {
        _body = body;
        foreach (var (name, values) in body.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _sent, 1) == 0
            ? _body.CopyToAsync(stream, context, cancellationToken)
            : throw new HttpRequestException("the connection ended without an answer, and the call must not be repeated");

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Headers.ContentLength ?? 0;
        return _body.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
