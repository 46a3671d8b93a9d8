using System.Security.Cryptography;
using System.Text;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Http;

/// <summary>The caller's key of an order: the header <c>Idempotency-Key</c>, or the order's own id.</summary>
internal static class OrderKey
{
    private const string Allowed = "1 to 200 printable ASCII characters";

    /// <summary>The key; null where the caller gives none.</summary>
    /// <exception cref="ApiException">400: the header has another form, or differs from the order's id.</exception>
    public static string? Of(HttpContext http, string? id)
    {
        var header = (string?)http.Request.Headers["Idempotency-Key"];
        if (header is null)
        {
            return id;
        }

        if (header.Length is 0 or > 200 || header.Any(letter => letter is < '!' or > '~'))
        {
            throw ApiException.Invalid([InputError.Argument("invalid-value", "Idempotency-Key", null, Allowed, $"Idempotency-Key has {header.Length} characters, or others than allowed; allowed: {Allowed}")]);
        }

        return id is null || id == header ? header
            : throw ApiException.Invalid([InputError.Argument("conflict", "Idempotency-Key", header, id, $"Idempotency-Key is '{header}' and the order's id is '{id}'; allowed: one of them, or both the same")]);
    }

    /// <summary>A digest of an order that does not depend on the order of its fields or on white space.</summary>
    public static string Digest(DocumentNode order)
    {
        var text = new StringBuilder();
        Write(text, order);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(StringBuilder text, DocumentNode node)
    {
        switch (node)
        {
            case DocumentMap map:
                foreach (var entry in map.Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
                {
                    text.Append('{').Append(entry.Name.Length).Append(':').Append(entry.Name);
                    Write(text, entry.Value);
                }

                text.Append('}');
                break;
            case DocumentList list:
                foreach (var item in list.Items)
                {
                    text.Append('[');
                    Write(text, item);
                }

                text.Append(']');
                break;
            case DocumentScalar scalar:
                text.Append((int)scalar.Kind).Append(scalar.Text.Length).Append(':').Append(scalar.Text);
                break;
        }
    }
}
