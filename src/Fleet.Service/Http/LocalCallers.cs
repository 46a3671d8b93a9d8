using System.Net;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Http;

/// <summary>
/// Nobody signs in, so that whoever reaches the port may do everything. A web page in a browser on the same machine must not: neither under a name that it made point here (DNS rebinding), nor across origins.
/// </summary>
internal static class LocalCallers
{
    public static Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        var host = http.Request.Host;
        if (!IsLocal(host.Host))
        {
            throw new ApiException(421, "wrong-host", $"the request is for host '{host}'; allowed: localhost and loopback addresses");
        }

        var origin = (string?)http.Request.Headers.Origin;
        return string.IsNullOrEmpty(origin) || string.Equals(origin, $"{http.Request.Scheme}://{host}", StringComparison.OrdinalIgnoreCase)
            ? next(http)
            : throw new ApiException(403, "wrong-origin", $"the request comes from a page of '{origin}'; pages of other origins may not call this service");
    }

    private static bool IsLocal(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
