using System.Text.Json.Nodes;
using Fleet.Core.Images;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Images;

/// <summary>Derived recipes are built when their parent has a newer stable image, each once over restarts, as far as that comes without packer.</summary>
public abstract class DerivedBuildTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : DerivedBuildTests(Engine.Sqlite);

    public sealed class OnPostgres() : DerivedBuildTests(Engine.Postgres);

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await ServedFleet.StartAsync(engine);

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task A_newer_stable_parent_begins_one_build_of_what_starts_from_it_also_over_restarts()
    {
        await PutAsync("worker", new JsonObject { ["kubernetesVersion"] = "1.33.2", ["base"] = new JsonObject { ["owners"] = new JsonArray("136693071363"), ["name"] = "debian-12-amd64-*" } });
        await PutAsync("spark", new JsonObject { ["parent"] = "worker" });
        await AddAsync("worker", "000000000002", ImageState.Stable, null);
        await AddAsync("spark", "00000000000a", ImageState.Stable, new ParentVersion("worker", "000000000001"));

        await _fleet.RestartAsync();
        var run = await BegunAsync();
        await _fleet.RestartAsync();
        await _fleet.RestartAsync();

        ((string?)run["kind"], (string?)run["pool"], (string?)run["key"], (string?)run["startedBy"]).ShouldBe(("imageBuild", "spark", "derived.spark.000000000002", "recipe/worker"));
        (await RunsAsync()).Count.ShouldBe(1);
    }

    private async Task<JsonNode> BegunAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (true)
        {
            if (await RunsAsync() is { Count: > 0 } runs)
            {
                return runs[0]!;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    private async Task<JsonArray> RunsAsync() => (await _fleet.GetAsync("/v1/runs")).Json["items"]!.AsArray();

    private async Task AddAsync(string recipe, string version, ImageState state, ParentVersion? parent) => (await _fleet.Store.AddImageAsync(
        new ImageRecord
        {
            Recipe = recipe,
            Version = version,
            Source = version.PadRight(64, '0'),
            Name = ImageNames.Of(recipe, "1.33.2", "x86_64", version),
            Account = _fleet.Sandbox.World.Cloud.Account,
            KubernetesVersion = "1.33.2",
            Architecture = "x86_64",
            BaseImage = "ami-1",
            Run = "run-1",
            Parent = parent,
            State = state,
            Copies = [new ImageCopy(_fleet.Sandbox.World.Cloud.Region, $"ami-{version}", [])],
            Created = DateTimeOffset.UnixEpoch,
            Changed = DateTimeOffset.UnixEpoch,
            Promoted = state == ImageState.Stable ? DateTimeOffset.UnixEpoch : null,
        },
        CancellationToken.None)).ShouldBeTrue();

    private async Task PutAsync(string name, JsonObject spec)
    {
        spec["account"] = _fleet.Sandbox.World.Cloud.Account;
        spec["template"] = new JsonObject { ["folder"] = name };
        spec["regions"] = new JsonArray(_fleet.Sandbox.World.Cloud.Region);
        var document = new JsonObject { ["apiVersion"] = "fleet/v1", ["kind"] = "Recipe", ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = spec };
        var put = await _fleet.SendAsync(HttpMethod.Put, $"/v1/recipes/{name}", document);
        put.Status.ShouldBe(201, put.Body);
    }
}
