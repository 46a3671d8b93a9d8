using System.Text.Json.Nodes;
using Fleet.Service.Tests.Databases;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Fleet.Service.Tests;

/// <summary>The description of the API is one that others can read, and describes what is served: nothing more, nothing less.</summary>
public abstract class OpenApiTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : OpenApiTests(Engine.Sqlite);

    public sealed class OnPostgres() : OpenApiTests(Engine.Postgres);

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await ServedFleet.StartAsync(engine, speed: 1);

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task It_is_valid_OpenApi()
    {
        var read = OpenApiDocument.Parse((await _fleet.GetAsync("/openapi/v1.json")).Body, OpenApiConstants.Json);

        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
        read.Diagnostic.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
    }

    [Fact]
    public async Task Every_route_is_described_and_every_description_is_a_route()
    {
        var served = _fleet.Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));

        var paths = (await _fleet.GetAsync("/openapi/v1.json")).Json["paths"]!.AsObject();

        paths.SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")).ShouldBe(served, ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_removed_or_renamed_breaks_callers_and_therefore_this_test()
    {
        var document = (await _fleet.GetAsync("/openapi/v1.json")).Json;
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => (string)operation.Value!["operationId"]!);
        var fields = document["components"]!["schemas"]!.AsObject().Where(schema => schema.Value!["properties"] is not null)
            .Select(schema => $"{schema.Key}: {string.Join(' ', schema.Value!["properties"]!.AsObject().Select(field => field.Key))}");

        string.Join('\n', [.. operations.Order(StringComparer.Ordinal), .. fields.Order(StringComparer.Ordinal)])
            .ShouldBe((await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "api-v1.txt"))).TrimEnd());
    }

    [Fact]
    public async Task Answers_have_the_form_that_is_described()
    {
        await _fleet.DeclareAsync();
        var run = (await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order())).Location!;
        await _fleet.UntilAsync(run, document => document["driver"] is not null && document["undo"]!.AsArray().Count > 0);
        var order = ServedFleet.Order();
        order["whenUnderWay"] = "queue";

        var answers = new (string Method, string Path, Answer Answer)[]
        {
            ("get", "/healthz", await _fleet.GetAsync("/healthz")),
            ("get", "/readyz", await _fleet.GetAsync("/readyz")),
            ("get", "/v1/whoami", await _fleet.GetAsync("/v1/whoami")),
            ("get", "/v1/clusters", await _fleet.GetAsync("/v1/clusters")),
            ("get", "/v1/clusters/{cluster}", await _fleet.GetAsync("/v1/clusters/site")),
            ("put", "/v1/clusters/{cluster}", await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", _fleet.Cluster())),
            ("post", "/v1/apply", await _fleet.SendAsync(HttpMethod.Post, "/v1/apply", new JsonObject { ["items"] = new JsonArray(_fleet.Cluster(), ServedFleet.Pool()) })),
            ("get", "/v1/clusters/{cluster}/pools", await _fleet.GetAsync("/v1/clusters/site/pools")),
            ("get", "/v1/clusters/{cluster}/pools/{pool}", await _fleet.GetAsync("/v1/clusters/site/pools/workers")),
            ("put", "/v1/clusters/{cluster}/pools/{pool}", await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", ServedFleet.Pool())),
            ("get", "/v1/images", await _fleet.GetAsync("/v1/images")),
            ("put", "/v1/schedules/{schedule}", await _fleet.SendAsync(HttpMethod.Put, "/v1/schedules/nightly", ServedFleet.Schedule())),
            ("get", "/v1/schedules/{schedule}", await _fleet.GetAsync("/v1/schedules/nightly")),
            ("get", "/v1/schedules/{schedule}/next", await _fleet.GetAsync("/v1/schedules/nightly/next?count=2")),
            ("post", "/v1/schedules/{schedule}/run-now", await _fleet.SendAsync(HttpMethod.Post, "/v1/schedules/nightly/run-now")),
            ("post", "/v1/schedules/{schedule}/suspend", await _fleet.SendAsync(HttpMethod.Post, "/v1/schedules/nightly/suspend")),
            ("get", "/v1/schedules", await _fleet.GetAsync("/v1/schedules")),
            ("get", "/v1/runs", await _fleet.GetAsync("/v1/runs?limit=1")),
            ("get", "/v1/runs/{run}", await _fleet.GetAsync(run)),
            ("get", "/v1/runs/{run}/journal", await _fleet.GetAsync($"{run}/journal?limit=2")),
            ("post", "/v1/runs", await _fleet.SendAsync(HttpMethod.Post, "/v1/runs?dryRun=true", order)),
            ("post", "/v1/runs", await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", order)),
            ("post", "/v1/runs", await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", order)),
            ("post", "/v1/runs/{run}/pause", await _fleet.SendAsync(HttpMethod.Post, $"{run}/pause")),
            ("post", "/v1/runs/{run}/approve", await _fleet.SendAsync(HttpMethod.Post, $"{run}/approve")),
            ("put", "/v1/clusters/{cluster}", await _fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", ServedFleet.Order())),
        };

        var form = new DescribedForm((await _fleet.GetAsync("/openapi/v1.json")).Json);
        foreach (var (method, path, answer) in answers)
        {
            form.Faults(method, path, answer).ShouldBeEmpty($"{method} {path}: {answer.Body}");
        }
    }
}
