using System.Text;
using Fleet.Core.Inventory.Documents;
using Fleet.Hosting.Documents;
using Fleet.Service.Auditing;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Http;

/// <summary>Reads bodies.</summary>
internal static class RequestBodies
{
    /// <summary>Longest body; a cluster's document has some hundred bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Above this the connection is cut: what lies between is read to its end, so that the caller sees the answer and not a broken connection.</summary>
    public const long MaxDrained = 16L * MaxBytes;

    /// <summary>Reads a body that must be a JSON document.</summary>
    /// <exception cref="ApiException">415: another type; 413: too long; 400: no JSON.</exception>
    public static async Task<DocumentNode> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new ApiException(415, "unsupported-media-type", $"the body is of type '{http.Request.ContentType}'; allowed: application/json");
        }

        var text = Encoding.UTF8.GetString((await BytesAsync(http).ConfigureAwait(false)).Span);
        AuditTrail.NoteAfter(http, text);
        var read = JsonDocuments.Read(text, "body");
        return read.Errors.IsEmpty ? read.Documents[0] : throw ApiException.Invalid(read.Errors);
    }

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        var part = new byte[8192];
        while (await http.Request.Body.ReadAsync(part, http.RequestAborted).ConfigureAwait(false) is var length and > 0)
        {
            if (body.Length + length > MaxBytes)
            {
                throw new ApiException(413, "too-large", $"the body has more than {MaxBytes} bytes; allowed: at most {MaxBytes}");
            }

            body.Write(part, 0, length);
        }

        return body.ToArray();
    }
}
