using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Images;

/// <summary><c>/v1/images</c>: Fleet's records of images, which outlive their recipes, and why each stays or goes.</summary>
internal sealed class ImageRoutes(ServiceOptions options, SweepLooks looks)
{
    public void Map(WebApplication app)
    {
        app.MapGet("/v1/images", ListAsync);
        app.MapGet("/v1/images/sweep", SweepAsync);
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var recipe = query.Text("recipe");
        query.Close();
        await Json.WriteListAsync(http, (await options.Images.ImagesAsync(recipe, http.RequestAborted).ConfigureAwait(false)).Select(image => (JsonNode)ImageDocument.Of(image))).ConfigureAwait(false);
    }

    private async Task SweepAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var parameters = query.Texts("parameters", Formats.ParameterPath);
        query.Close();
        await Json.WriteListAsync(http, (await looks.LookAsync(parameters, http.RequestAborted).ConfigureAwait(false)).Select(verdict => (JsonNode)SweepDocument.Of(verdict))).ConfigureAwait(false);
    }
}
