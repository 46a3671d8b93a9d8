using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Resources;

/// <summary>Entity tags of declared resources: a digest of the document as it was put (RFC 9110, "Conditional Requests").</summary>
internal static class Preconditions
{
    public static string Tag(JsonObject declared) => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(declared.ToJsonString())))[..16]}\"";

    /// <summary>Refuses a write whose caller has seen another state.</summary>
    /// <param name="http">The request.</param>
    /// <param name="what">The resource, in words.</param>
    /// <param name="stored">The document as stored; null where there is none.</param>
    public static void Check(HttpContext http, string what, JsonObject? stored)
    {
        var (match, none) = (http.Request.Headers.IfMatch, http.Request.Headers.IfNoneMatch);
        if (none.Count > 0 && none.Contains("*") && stored is not null)
        {
            throw new ApiException(412, "exists", $"{what} exists, and the request asks for If-None-Match: *");
        }

        if (match.Count > 0 && (stored is null || (!match.Contains("*") && !match.Contains(Tag(stored)))))
        {
            throw new ApiException(412, "changed", stored is null
                ? $"{what} does not exist, and the request asks for If-Match: {match}"
                : $"{what} has changed: it is {Tag(stored)} now, and the request asks for If-Match: {match}; read it again and decide anew");
        }
    }
}
