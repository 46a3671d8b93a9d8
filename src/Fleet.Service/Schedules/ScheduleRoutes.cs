using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Core.Schedules;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Fleet.Service.Resources;
using Fleet.Service.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Service.Schedules;

/// <summary><c>/v1/schedules</c>.</summary>
internal sealed class ScheduleRoutes(ServiceOptions options, ScheduleKeeper keeper)
{
    private const int MostTimes = 100;

    private const string Images = "over the images that a schedule builds, which belong to no cluster";

    /// <summary>Whether a schedule that is declared builds and promotes images, for which a role in its cluster is not enough.</summary>
    public static bool MakesImages(DocumentNode document) => document is DocumentMap map && map["spec"] is DocumentMap spec && spec["recipe"] is not null;

    public void Map(WebApplication app)
    {
        app.MapGet("/v1/schedules", ListAsync);
        app.MapGet("/v1/schedules/{schedule}", GetAsync);
        app.MapPut("/v1/schedules/{schedule}", PutAsync);
        app.MapDelete("/v1/schedules/{schedule}", DeleteAsync);
        app.MapGet("/v1/schedules/{schedule}/next", NextAsync);
        app.MapPost("/v1/schedules/{schedule}/run-now", RunNowAsync);
        app.MapPost("/v1/schedules/{schedule}/suspend", http => AskAsync(http, ScheduleRequest.Suspend));
        app.MapPost("/v1/schedules/{schedule}/resume", http => AskAsync(http, ScheduleRequest.Resume));
    }

    private static string Name(HttpContext http) => (string)http.GetRouteValue("schedule")!;

    /// <summary>The schedule of the path, of those that the caller may see.</summary>
    private static ScheduleSpec Find(HttpContext http, InventorySnapshot stored)
    {
        var visible = stored.Schedules.Where(schedule => Rights.MaySee(http, schedule.Cluster)).ToList();
        var found = visible.Find(schedule => schedule.Name == Name(http)) ?? throw ApiException.NotFound("schedule", Name(http), visible.Select(schedule => schedule.Name));
        Rights.Require(http, found.Cluster);
        return found;
    }

    private async Task ListAsync(HttpContext http)
    {
        new QueryReader(http).Close();
        var stored = await options.Inventory.SnapshotAsync(http.RequestAborted).ConfigureAwait(false);
        var visible = stored.Schedules.Where(schedule => Rights.MaySee(http, schedule.Cluster));
        await Json.WriteListAsync(http, await Task.WhenAll(visible.Select(schedule => DocumentAsync(http, schedule))).ConfigureAwait(false)).ConfigureAwait(false);
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
        if (body is DocumentMap map && map["spec"] is DocumentMap spec && spec["cluster"] is DocumentScalar named)
        {
            // Before it is held to what is declared: hints would name what the caller may not see.
            Rights.Require(http, named.Text);
        }

        if (MakesImages(body))
        {
            Rights.RequireEverywhere(http, Images);
        }

        var created = false;
        await Declaring.ChangeAsync(
            options.Inventory,
            "conflict",
            stored =>
            {
                var schedule = Declaring.Named("metadata.name", Name(http), Declaring.Read(body, stored with { Clusters = [.. stored.Clusters.Where(cluster => Rights.MaySee(http, cluster.Name))] }).Schedules.SingleOrDefault(), one => one.Name, "Schedule");
                var before = stored.Schedules.FirstOrDefault(other => other.Name == schedule.Name);

                // Who moves one from a cluster to another must have a say in both.
                Rights.Require(http, before?.Cluster ?? schedule.Cluster);
                created = before is null;
                Preconditions.Check(http, $"schedule '{schedule.Name}'", before is null ? null : ResourceDocument.Declared(before));
                return new() { Schedules = [schedule] };
            },
            http.RequestAborted).ConfigureAwait(false);
        await WriteAsync(http, created ? 201 : 200).ConfigureAwait(false);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        new QueryReader(http).Close();
        await Declaring.ChangeAsync(
            options.Inventory,
            "conflict",
            stored =>
            {
                var schedule = Find(http, stored);
                Preconditions.Check(http, $"schedule '{schedule.Name}'", ResourceDocument.Declared(schedule));
                return new() { DeleteSchedule = schedule.Name };
            },
            http.RequestAborted).ConfigureAwait(false);
        http.Response.StatusCode = 204;
    }

    private async Task NextAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var count = query.Number("count", 1, MostTimes, 10);
        query.Close();
        var schedule = Find(http, await options.Inventory.SnapshotAsync(http.RequestAborted).ConfigureAwait(false));
        var times = new Timetable(schedule).After(options.Connections.Policy.GetUtcNow()).Take(count);
        await Json.WriteListAsync(http, times.Select(time => JsonValue.Create(RunDocument.Instant(time)))).ConfigureAwait(false);
    }

    private async Task RunNowAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var skipSoak = query.Flag("skipSoak");
        query.Close();
        var schedule = Find(http, await options.Inventory.SnapshotAsync(http.RequestAborted).ConfigureAwait(false));
        if (schedule.Recipe is not null)
        {
            Rights.RequireEverywhere(http, Images);
        }

        await AskAsync(http, schedule, skipSoak ? ScheduleRequest.RunNowSkippingSoak : ScheduleRequest.RunNow).ConfigureAwait(false);
    }

    private async Task AskAsync(HttpContext http, ScheduleRequest request)
    {
        new QueryReader(http).Close();
        await AskAsync(http, Find(http, await options.Inventory.SnapshotAsync(http.RequestAborted).ConfigureAwait(false)), request).ConfigureAwait(false);
    }

    private async Task AskAsync(HttpContext http, ScheduleSpec schedule, ScheduleRequest request)
    {
        if (await options.Schedules.AskAsync(schedule, request, Rights.Caller(http).Person, options.Connections.Policy.GetUtcNow(), http.RequestAborted).ConfigureAwait(false) is { } why)
        {
            var underWay = request == ScheduleRequest.RunNow || (request == ScheduleRequest.RunNowSkippingSoak && schedule.Recipe is not null);
            throw new ApiException(409, underWay ? "under-way" : "conflict", why);
        }

        await WriteAsync(http, 202).ConfigureAwait(false);
    }

    private async Task WriteAsync(HttpContext http, int status)
    {
        var schedule = Find(http, await options.Inventory.SnapshotAsync(http.RequestAborted).ConfigureAwait(false));
        http.Response.Headers.ETag = Preconditions.Tag(ResourceDocument.Declared(schedule));
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            // At once: its times count from the first look at what is declared.
            _ = keeper.Look(schedule);
        }

        await Json.WriteAsync(http, status, await DocumentAsync(http, schedule).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task<JsonNode> DocumentAsync(HttpContext http, ScheduleSpec schedule)
    {
        var (_, state) = await options.Schedules.ScheduleStateAsync(schedule.Name, http.RequestAborted).ConfigureAwait(false);
        return ScheduleDocument.Of(schedule, state, options.Connections.Policy.GetUtcNow());
    }
}
