using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Service.Auditing;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

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
        AuditTrail.NoteBefore(http, stored?.ToJsonString());
        var (match, none) = (Tags(http, HeaderNames.IfMatch), Tags(http, HeaderNames.IfNoneMatch));
        var now = stored is null ? null : new EntityTagHeaderValue(Tag(stored));
        if (now is not null && none.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(now, useStrongComparison: false)))
        {
            throw new ApiException(412, "exists", $"{what} exists as {now}, and the request asks for If-None-Match: {http.Request.Headers.IfNoneMatch}");
        }

        if (match.Count > 0 && (now is null || !match.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(now, useStrongComparison: true))))
        {
            throw new ApiException(412, "changed", now is null
                ? $"{what} does not exist, and the request asks for If-Match: {http.Request.Headers.IfMatch}"
                : $"{what} has changed: it is {now} now, and the request asks for If-Match: {http.Request.Headers.IfMatch}; read it again and decide anew");
        }
    }

    private static IList<EntityTagHeaderValue> Tags(HttpContext http, string header)
    {
        var values = http.Request.Headers[header];
        return StringValues.IsNullOrEmpty(values) ? []
            : EntityTagHeaderValue.TryParseStrictList([.. values.Select(value => value ?? "")], out var tags) ? tags
            : throw ApiException.Invalid([InputError.Argument("invalid-value", header, values, "* or entity tags in quotes", $"{header} is '{values}'; allowed: * or entity tags in quotes, separated by commas")]);
    }
}
