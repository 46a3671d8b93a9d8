using System.Text.Json.Nodes;
using Fleet.Core.Images;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Images;

/// <summary>Image builds over the API, as far as they come without packer.</summary>
public abstract class ImageBuildRouteTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : ImageBuildRouteTests(Engine.Sqlite);

    public sealed class OnPostgres() : ImageBuildRouteTests(Engine.Postgres);

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await ServedFleet.StartAsync(engine);

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Theory]
    [InlineData("/v1/runs?dryRun=true")]
    [InlineData("/v1/runs")]
    public async Task What_cannot_be_built_is_refused_all_at_once_and_nothing_is_recorded(string path)
    {
        await PutAsync();

        var refused = await _fleet.SendAsync(HttpMethod.Post, path, Order());

        (refused.Status, refused.Code).ShouldBe((422, "refused"), refused.Body);
        refused.Json["errors"]!.AsArray().Select(error => (string?)error!["code"]).ShouldBe(["owner-not-allowed", "template-missing"]);
        (await _fleet.GetAsync("/v1/runs")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_is_read_strictly()
    {
        await PutAsync();
        var wrong = Order();
        wrong["recipe"] = "wroker";
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", wrong)).Body.ShouldContain("did you mean worker?");
        wrong["cluster"] = "site";
        wrong["again"] = "perhaps";

        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", wrong)).Fields.ShouldBe(["again", "cluster"], ignoreOrder: true);
        (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", new JsonObject { ["kind"] = "imagebuild" })).Body.ShouldContain("imageBuild");
    }

    [Fact]
    public async Task Records_of_images_are_listed_by_recipe()
    {
        await _fleet.Store.AddImageAsync(
            new ImageRecord
            {
                Recipe = "worker",
                Version = "0123456789ab",
                Source = new string('0', 64),
                Name = "fleet-worker-1.33.2-x86-64-0123456789ab",
                Account = "123456789012",
                KubernetesVersion = "1.33.2",
                Architecture = "x86_64",
                BaseImage = "ami-1",
                Run = "run-1",
                Created = DateTimeOffset.UnixEpoch,
                Changed = DateTimeOffset.UnixEpoch,
                State = ImageState.Candidate,
                Copies = [new ImageCopy("eu-central-1", "ami-2", ["snap-2"])],
            },
            CancellationToken.None);

        var listed = (await _fleet.GetAsync("/v1/images?recipe=worker")).Json["items"]!.AsArray().ShouldHaveSingleItem()!;

        ((string?)listed["state"], (string?)listed["copies"]![0]!["imageId"]).ShouldBe(("candidate", "ami-2"));
        (await _fleet.GetAsync("/v1/images?recipe=spark")).Json["items"]!.AsArray().ShouldBeEmpty();
        (await _fleet.GetAsync("/v1/images")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    private static JsonObject Order() => new() { ["kind"] = "imageBuild", ["recipe"] = "worker" };

    private async Task PutAsync()
    {
        var spec = new JsonObject
        {
            ["account"] = _fleet.Sandbox.World.Cloud.Account,
            ["template"] = new JsonObject { ["folder"] = "worker" },
            ["kubernetesVersion"] = "1.33.2",
            ["base"] = new JsonObject { ["owners"] = new JsonArray("136693071363"), ["name"] = "debian-12-amd64-*" },
            ["regions"] = new JsonArray(_fleet.Sandbox.World.Cloud.Region),
        };
        var document = new JsonObject { ["apiVersion"] = "fleet/v1", ["kind"] = "Recipe", ["metadata"] = new JsonObject { ["name"] = "worker" }, ["spec"] = spec };
        var put = await _fleet.SendAsync(HttpMethod.Put, "/v1/recipes/worker", document);
        put.Status.ShouldBe(201, put.Body);
    }
}
