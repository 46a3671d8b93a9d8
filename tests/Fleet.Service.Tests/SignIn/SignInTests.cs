using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Service.SignIn;
using Fleet.Service.Tests.Databases;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Service.Tests.SignIn;

/// <summary>Who may do what, over http: every route with every role, with another cluster's role, without and with a wrong key.</summary>
public abstract class SignInTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : SignInTests(Engine.Sqlite);

    public sealed class OnPostgres() : SignInTests(Engine.Postgres);

    private static readonly Dictionary<string, JsonNode?> Bodies = new()
    {
        ["PUT /v1/clusters/{cluster}"] = new JsonObject(),
        ["PUT /v1/clusters/{cluster}/pools/{pool}"] = new JsonObject(),
        ["PUT /v1/schedules/{schedule}"] = ServedFleet.Document("Schedule", "nightly", new JsonObject { ["cluster"] = "site", ["cron"] = "0 2 * * *" }),
        ["POST /v1/apply"] = new JsonObject { ["items"] = new JsonArray(ServedFleet.Pool()) },
        ["POST /v1/runs"] = new JsonObject { ["kind"] = "rotation", ["cluster"] = "site", ["pool"] = "nowhere" },
        ["POST /v1/keys"] = new JsonObject(),
    };

    private ServedFleet _fleet = null!;

    public async Task InitializeAsync() => _fleet = await ServedFleet.StartAsync(engine, signIn: true);

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task Every_route_is_open_to_exactly_the_roles_that_it_names()
    {
        await _fleet.DeclareAsync();
        await _fleet.SendAsync(HttpMethod.Put, "/v1/schedules/nightly", ServedFleet.Schedule());
        var run = (string)(await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order())).Json["id"]!;
        var routes = _fleet.Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        foreach (var route in routes)
        {
            if (Rights.IsOpen(route))
            {
                (await AskAsync(route, run, "")).ShouldBe(200, route);
                continue;
            }

            var need = Rights.Needed(route).ShouldNotBeNull($"{route} is nobody's");
            (await AskAsync(route, run, "")).ShouldBe(401, route);
            (await AskAsync(route, run, $"Bearer {ApiKeys.Prefix}000000000000_{new string('A', 43)}")).ShouldBe(401, route);
            (await AskAsync(route, run, "Basic YWRhOmFkYQ==")).ShouldBe(401, route);
            foreach (var role in Enum.GetValues<Role>())
            {
                var may = role == need || role == Role.Admin || need == Role.Viewer;
                var status = await AskAsync(route, run, await _fleet.KeyAsync(new Grant(role, ["site"])));
                var global = route.Contains("/v1/keys", StringComparison.Ordinal) || route.Contains("/v1/audit", StringComparison.Ordinal) || route.Contains("/v1/recipes", StringComparison.Ordinal) || route.Contains("/v1/images", StringComparison.Ordinal) || route == "GET /metrics";
                (status is not (401 or 403)).ShouldBe(may && !global, $"{route} by {role} of the cluster answered {status}");
                var unlimited = await AskAsync(route, run, await _fleet.KeyAsync(new Grant(role, [])));
                (unlimited is not (401 or 403)).ShouldBe(may, $"{route} by {role} answered {unlimited}");
                var elsewhere = await AskAsync(route, run, await _fleet.KeyAsync(new Grant(role, ["other"])));
                (elsewhere is 403 or 404 || (elsewhere == 200 && route is "GET /v1/clusters" or "GET /v1/runs" or "GET /v1/schedules" or "GET /v1/whoami")).ShouldBeTrue($"{route} by {role} of another cluster answered {elsewhere}");
            }
        }
    }

    [Fact]
    public async Task Lists_show_what_the_caller_may_see()
    {
        await _fleet.DeclareAsync();
        await _fleet.SendAsync(HttpMethod.Put, "/v1/schedules/nightly", ServedFleet.Schedule());
        await _fleet.SendAsync(HttpMethod.Post, "/v1/runs", ServedFleet.Order());
        foreach (var path in new[] { "/v1/clusters", "/v1/schedules", "/v1/runs" })
        {
            (await _fleet.GetAsync(path, ("Authorization", await _fleet.KeyAsync(new Grant(Role.Viewer, ["site"]))))).Json["items"]!.AsArray().Count.ShouldBe(1);
            (await _fleet.GetAsync(path, ("Authorization", await _fleet.KeyAsync(new Grant(Role.Viewer, ["other"]))))).Json["items"]!.AsArray().Count.ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_key_is_shown_once_and_ends_when_it_is_taken_back()
    {
        var made = await _fleet.SendAsync(HttpMethod.Post, "/v1/keys", new JsonObject { ["name"] = "ci", ["roles"] = new JsonArray("viewer"), ["expiresIn"] = "1h" });
        made.Status.ShouldBe(201);
        var (id, text) = ((string)made.Json["id"]!, (string)made.Json["key"]!);

        (await _fleet.GetAsync("/v1/clusters", ("Authorization", $"Bearer {text}"))).Status.ShouldBe(200);
        (await _fleet.GetAsync("/v1/keys")).Body.ShouldNotContain(text.Split('_', 3)[2]);
        (await _fleet.SendAsync(HttpMethod.Delete, $"/v1/keys/{id}")).Status.ShouldBe(204);
        var refused = await _fleet.GetAsync("/v1/clusters", ("Authorization", $"Bearer {text}"));
        refused.Status.ShouldBe(401);
        ((string)refused.Json["code"]!).ShouldBe("unauthenticated");
        refused.Body.ShouldNotContain(id);
    }

    [Fact]
    public async Task A_key_that_could_do_nothing_or_lives_too_long_is_refused_with_every_error()
    {
        var refused = await _fleet.SendAsync(HttpMethod.Post, "/v1/keys", new JsonObject { ["roles"] = new JsonArray("emperor", "viewer:"), ["expiresIn"] = "9000h", ["more"] = 1 });
        refused.Status.ShouldBe(400);
        refused.Json["errors"]!.AsArray().Select(error => (string)error!["field"]!).ShouldBe(["name", "roles", "roles", "expiresIn", "more"], ignoreOrder: true);
    }

    private async Task<int> AskAsync(string route, string run, string authorization)
    {
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var path = pattern.Replace("{cluster}", "site", StringComparison.Ordinal).Replace("{pool}", "nowhere", StringComparison.Ordinal).Replace("{run}", run, StringComparison.Ordinal).Replace("{schedule}", "nightly", StringComparison.Ordinal).Replace("{recipe}", "worker", StringComparison.Ordinal).Replace("{key}", "none", StringComparison.Ordinal);
        var stream = path.EndsWith("/events", StringComparison.Ordinal);
        return stream ? await _fleet.StatusAsync(path, authorization) : (await _fleet.SendAsync(new HttpMethod(method), path, Bodies.GetValueOrDefault(route)?.DeepClone(), ("Authorization", authorization))).Status;
    }
}
