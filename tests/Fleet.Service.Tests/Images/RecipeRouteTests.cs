using System.Text.Json.Nodes;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Images;

/// <summary>Recipes over the API.</summary>
public abstract class RecipeRouteTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : RecipeRouteTests(Engine.Sqlite);

    public sealed class OnPostgres() : RecipeRouteTests(Engine.Postgres);

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await ServedFleet.StartAsync(engine);

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task A_recipe_is_read_as_it_was_put_with_what_is_known_of_its_images()
    {
        var put = await _fleet.SendAsync(HttpMethod.Put, "/v1/recipes/worker", Worker());

        put.Status.ShouldBe(201, put.Body);
        var got = await _fleet.GetAsync("/v1/recipes/worker");
        JsonNode.DeepEquals(got.Json["spec"], Worker()["spec"]).ShouldBeTrue(got.Body);
        got.Json["status"]!.ToJsonString().ShouldBe("""{"stable":null,"candidate":null,"images":{}}""");
        got.Tag.ShouldBe(put.Tag);
        (await _fleet.GetAsync("/v1/recipes")).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/recipes/worker", Worker(), ("If-None-Match", "*"))).Code.ShouldBe("exists");
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/recipes/worker", Worker(), ("If-Match", put.Tag!))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_parent_is_not_deleted_before_what_starts_from_it()
    {
        await _fleet.SendAsync(HttpMethod.Put, "/v1/recipes/worker", Worker());
        (await _fleet.SendAsync(HttpMethod.Put, "/v1/recipes/spark", Spark())).Status.ShouldBe(201);

        var refused = await _fleet.SendAsync(HttpMethod.Delete, "/v1/recipes/worker");
        (refused.Status, refused.Code).ShouldBe((409, "has-derived"));

        (await _fleet.SendAsync(HttpMethod.Delete, "/v1/recipes/spark")).Status.ShouldBe(204);
        (await _fleet.SendAsync(HttpMethod.Delete, "/v1/recipes/worker")).Status.ShouldBe(204);
        (await _fleet.GetAsync("/v1/recipes/worker")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_is_wrong_is_all_said_with_its_fields()
    {
        var wrong = Spark();
        wrong["spec"]!["kubernetesVersion"] = "1.33.2";
        wrong["spec"]!["regions"] = new JsonArray();

        (await _fleet.SendAsync(HttpMethod.Put, "/v1/recipes/spark", wrong)).Fields.ShouldBe(["spec.kubernetesVersion", "spec.parent", "spec.regions"], ignoreOrder: true);
    }

    private static JsonObject Worker() => Document("worker", new JsonObject { ["kubernetesVersion"] = "1.33.2", ["base"] = new JsonObject { ["id"] = "ami-0123456789abcdef0" } });

    private static JsonObject Spark() => Document("spark", new JsonObject { ["parent"] = "worker" });

    private static JsonObject Document(string name, JsonObject spec)
    {
        spec["account"] = "123456789012";
        spec["template"] = new JsonObject { ["folder"] = name };
        spec["regions"] = new JsonArray("eu-central-1");
        return new JsonObject { ["apiVersion"] = "fleet/v1", ["kind"] = "Recipe", ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = spec };
    }
}
