using System.Security.Cryptography;
using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;
using Fleet.Service.Auditing;
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
        app.MapPost("/v1/keys/{key}/assign", http => AssignAsync(http, keys));
        app.MapDelete("/v1/keys/{key}", http => DeleteAsync(http, options, keys));
    }

    private static async Task PostAsync(HttpContext http, ServiceOptions options, IKeyStore keys)
    {
        var body = await RequestBodies.ReadAsync(http).ConfigureAwait(false);
        var errors = new List<InputError>();
        var order = KeyOrder.Read(body, errors) ?? throw ApiException.Invalid(errors);
        var (key, text) = ApiKeys.Make(order.Name, order.Grants, options.Connections.Wall.GetUtcNow(), order.Life, RandomNumberGenerator.GetBytes(48));

        // Whoever makes a key for nobody in particular answers for what is done with it.
        key = key with { Person = order.Person ?? Rights.Caller(http).Person };
        AuditTrail.NoteAfter(http, AccessDocument.Of(key).ToJsonString());
        await keys.AddAsync(key, http.RequestAborted).ConfigureAwait(false);
        var document = AccessDocument.Of(key);
        document["key"] = text;
        http.Response.Headers.CacheControl = "no-store";
        await Json.WriteAsync(http, 201, document).ConfigureAwait(false);
    }

    private static async Task AssignAsync(HttpContext http, IKeyStore keys)
    {
        var id = (string)http.GetRouteValue("key")!;
        var body = await RequestBodies.ReadAsync(http).ConfigureAwait(false);
        var errors = new List<InputError>();
        var person = KeyOrder.ReadPerson(body, errors) ?? throw ApiException.Invalid(errors);
        var key = await keys.AssignAsync(id, person, http.RequestAborted).ConfigureAwait(false) ?? throw Unknown(id);
        if (key.Person != person)
        {
            throw new ApiException(409, "assigned", $"key '{id}' is {key.Person}'s; whose a key is never changes: make another, and take this one back");
        }

        await Json.WriteAsync(http, 200, AccessDocument.Of(key)).ConfigureAwait(false);
    }

    private static ApiException Unknown(string id) => new(404, "not-found", $"there is no key '{id}'");

    private static async Task DeleteAsync(HttpContext http, ServiceOptions options, IKeyStore keys)
    {
        var id = (string)http.GetRouteValue("key")!;
        if (!await keys.RevokeAsync(id, options.Connections.Wall.GetUtcNow(), http.RequestAborted).ConfigureAwait(false))
        {
            throw Unknown(id);
        }

        http.Response.StatusCode = 204;
    }
}
