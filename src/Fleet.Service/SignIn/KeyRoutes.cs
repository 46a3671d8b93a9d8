using System.Security.Cryptography;
using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Service.SignIn;

/// <summary><c>/v1/keys</c>: an admin hands out API keys and takes them back. A key's text is in the answer to its making and nowhere else.</summary>
internal static class KeyRoutes
{
    public static void Map(WebApplication app, ServiceOptions options)
    {
        var keys = options.Keys;
        app.MapGet("/v1/keys", async http => await Json.WriteListAsync(http, (await keys.KeysAsync(http.RequestAborted).ConfigureAwait(false)).Select(AccessDocument.Of)).ConfigureAwait(false));
        app.MapPost("/v1/keys", http => PostAsync(http, options, keys));
        app.MapDelete("/v1/keys/{key}", http => DeleteAsync(http, options, keys));
    }

    private static async Task PostAsync(HttpContext http, ServiceOptions options, IKeyStore keys)
    {
        var body = await RequestBodies.ReadAsync(http).ConfigureAwait(false);
        var errors = new List<InputError>();
        var order = KeyOrder.Read(body, errors) ?? throw ApiException.Invalid(errors);
        var (key, text) = ApiKeys.Make(order.Name, order.Grants, options.Connections.Wall.GetUtcNow(), order.Life, RandomNumberGenerator.GetBytes(48));
        await keys.AddAsync(key, http.RequestAborted).ConfigureAwait(false);
        var document = AccessDocument.Of(key);
        document["key"] = text;
        http.Response.Headers.CacheControl = "no-store";
        await Json.WriteAsync(http, 201, document).ConfigureAwait(false);
    }

    private static async Task DeleteAsync(HttpContext http, ServiceOptions options, IKeyStore keys)
    {
        var id = (string)http.GetRouteValue("key")!;
        if (!await keys.RevokeAsync(id, options.Connections.Wall.GetUtcNow(), http.RequestAborted).ConfigureAwait(false))
        {
            throw new ApiException(404, "not-found", $"there is no key '{id}'");
        }

        http.Response.StatusCode = 204;
    }
}
