using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Fleet.Service.Resources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Service.Images;

/// <summary><c>/v1/recipes</c>. Recipes belong to no cluster: who may see or change them may do so in all.</summary>
internal sealed class RecipeRoutes(ServiceOptions options)
{
    public void Map(WebApplication app)
    {
        app.MapGet("/v1/recipes", ListAsync);
        app.MapGet("/v1/recipes/{recipe}", GetAsync);
        app.MapPut("/v1/recipes/{recipe}", PutAsync);
        app.MapDelete("/v1/recipes/{recipe}", DeleteAsync);
    }

    private static string Name(HttpContext http) => (string)http.GetRouteValue("recipe")!;

    private static RecipeSpec Find(HttpContext http, InventorySnapshot stored) =>
        stored.Recipes.FirstOrDefault(recipe => recipe.Name == Name(http)) ?? throw ApiException.NotFound("recipe", Name(http), stored.Recipes.Select(recipe => recipe.Name));

    private async Task ListAsync(HttpContext http)
    {
        new QueryReader(http).Close();
        var stored = await options.Inventory.SnapshotAsync(http.RequestAborted).ConfigureAwait(false);
        var images = (await options.Images.ImagesAsync(null, http.RequestAborted).ConfigureAwait(false)).ToLookup(image => image.Recipe);
        await Json.WriteListAsync(http, stored.Recipes.Select(recipe => (JsonNode)RecipeDocument.Of(recipe, images[recipe.Name]))).ConfigureAwait(false);
    }

    private async Task GetAsync(HttpContext http)
    {
        new QueryReader(http).Close();
        await WriteAsync(http, 200).ConfigureAwait(false);
    }

    private async Task PutAsync(HttpContext http)
    {
        new QueryReader(http).Close();
        var body = await RequestBodies.ReadAsync(http).ConfigureAwait(false);
        var created = false;
        await Declaring.ChangeAsync(
            options.Inventory,
            "conflict",
            stored =>
            {
                var recipe = Declaring.Named("metadata.name", Name(http), Declaring.Read(body, stored).Recipes.SingleOrDefault(), one => one.Name, "Recipe");
                var before = stored.Recipes.FirstOrDefault(other => other.Name == recipe.Name);
                created = before is null;
                Preconditions.Check(http, $"recipe '{recipe.Name}'", before is null ? null : ResourceDocument.Declared(before));
                return new() { Recipes = [recipe] };
            },
            http.RequestAborted).ConfigureAwait(false);
        await WriteAsync(http, created ? 201 : 200).ConfigureAwait(false);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        new QueryReader(http).Close();
        await Declaring.ChangeAsync(
            options.Inventory,
            "has-derived",
            stored =>
            {
                var recipe = Find(http, stored);
                Preconditions.Check(http, $"recipe '{recipe.Name}'", ResourceDocument.Declared(recipe));
                return new() { DeleteRecipe = recipe.Name };
            },
            http.RequestAborted).ConfigureAwait(false);
        http.Response.StatusCode = 204;
    }

    private async Task WriteAsync(HttpContext http, int status)
    {
        var recipe = Find(http, await options.Inventory.SnapshotAsync(http.RequestAborted).ConfigureAwait(false));
        http.Response.Headers.ETag = Preconditions.Tag(ResourceDocument.Declared(recipe));
        await Json.WriteAsync(http, status, RecipeDocument.Of(recipe, await options.Images.ImagesAsync(recipe.Name, http.RequestAborted).ConfigureAwait(false))).ConfigureAwait(false);
    }
}
