using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Storage;

/// <content>Declared recipes, and the records of images.</content>
public abstract partial class SqlStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRecord>> ImagesAsync(string? recipe, CancellationToken cancellationToken) => _database.ReadAsync<IReadOnlyList<ImageRecord>>(
        async session =>
        {
            var where = recipe is null ? "" : "WHERE recipe = @recipe";
            return [.. (await session.QueryAsync<string>($"SELECT record FROM images {where} ORDER BY recipe, created, version", new { recipe }).ConfigureAwait(false)).Select(SpecJson.Read<ImageRecord>)];
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AddImageAsync(ImageRecord image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _database.WriteAsync(
            WriteScope.Images,
            async session => await session.ExecuteAsync(
                "INSERT INTO images (recipe, version, state, created, record) VALUES (@Recipe, @Version, @state, @created, @json) ON CONFLICT (recipe, version) DO NOTHING",
                new { image.Recipe, image.Version, state = Columns.Name(image.State), created = Columns.Instant(image.Created), json = SpecJson.Write(image) }).ConfigureAwait(false) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> PutImageAsync(ImageRecord image, ImageState from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _database.WriteAsync(
            WriteScope.Images,
            async session => await session.ExecuteAsync(
                "UPDATE images SET state = @state, record = @json WHERE recipe = @Recipe AND version = @Version AND state = @from",
                new { image.Recipe, image.Version, state = Columns.Name(image.State), from = Columns.Name(from), json = SpecJson.Write(image) }).ConfigureAwait(false) == 1,
            cancellationToken);
    }

    private static async Task<IReadOnlyList<RecipeSpec>> RecipesAsync(SqlSession session) =>
        [.. (await session.QueryAsync<string>("SELECT spec FROM recipes ORDER BY name").ConfigureAwait(false)).Select(SpecJson.Read<RecipeSpec>)];

    private static Task<int> PutAsync(SqlSession session, RecipeSpec recipe) => session.ExecuteAsync(
        "INSERT INTO recipes (name, spec) VALUES (@Name, @spec) ON CONFLICT (name) DO UPDATE SET spec = excluded.spec",
        new { recipe.Name, spec = SpecJson.Write(recipe) });

    private static async Task<bool> RemoveRecipeAsync(SqlSession session, string name) =>
        await session.ExecuteAsync("DELETE FROM recipes WHERE name = @name", new { name }).ConfigureAwait(false) == 1;
}
