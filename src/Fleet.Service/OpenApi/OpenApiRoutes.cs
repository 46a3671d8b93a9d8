using Microsoft.AspNetCore.Builder;

namespace Fleet.Service.OpenApi;

/// <summary>The description of the API, written by hand as the contract with its callers; a test compares it with what is served.</summary>
internal static class OpenApiRoutes
{
    private const string Resource = "openapi-v1.json";

    public static void Map(WebApplication app) => app.MapGet("/openapi/v1.json", async http =>
    {
        var document = typeof(OpenApiRoutes).Assembly.GetManifestResourceStream(Resource)!;
        await using (document.ConfigureAwait(false))
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = document.Length;
            await document.CopyToAsync(http.Response.Body, http.RequestAborted).ConfigureAwait(false);
        }
    });
}
