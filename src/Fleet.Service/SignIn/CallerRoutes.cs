using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Builder;

namespace Fleet.Service.SignIn;

/// <summary><c>/v1/whoami</c>: who the service takes the caller for, and what that one may do; how a client tries a key or token.</summary>
internal static class CallerRoutes
{
    public static void Map(WebApplication app) => app.MapGet("/v1/whoami", http =>
    {
        new QueryReader(http).Close();
        return Json.WriteAsync(http, 200, Of(Rights.Caller(http)));
    });

    private static JsonObject Of(Caller caller) => new()
    {
        ["name"] = caller.Name,
        ["person"] = caller.Person,
        ["roles"] = new JsonArray([.. caller.Grants.SelectMany(grant => grant.Names).Select(name => (JsonNode)name)]),
    };
}
