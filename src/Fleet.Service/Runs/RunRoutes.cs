using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Builds.Orders;
using Fleet.Core.Gates;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Core.Promotions.Orders;
using Fleet.Core.Retirement.Orders;
using Fleet.Core.Rotations.Orders;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Fleet.Service.Images;
using Fleet.Service.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Service.Runs;

/// <summary><c>/v1/runs</c>.</summary>
internal sealed class RunRoutes(ServiceOptions options, RunStarter starter, BuildStarter builds, PromotionStarter promotions, SweepStarter sweeps, RunSupervisor supervisor, CancellationToken stopping)
{
    private const int LongestPage = 500;

    public void Map(WebApplication app)
    {
        app.MapGet("/v1/runs", ListAsync);
        app.MapPost("/v1/runs", PostAsync);
        app.MapGet("/v1/runs/{run}", GetAsync);
        app.MapGet("/v1/runs/{run}/journal", JournalAsync);
        app.MapGet("/v1/runs/{run}/events", EventsAsync);
        foreach (var request in (RunRequest[])[RunRequest.Pause, RunRequest.Resume, RunRequest.Cancel, RunRequest.Approve])
        {
            app.MapPost($"/v1/runs/{{run}}/{RunDocument.Name(request)}", http => AskAsync(http, request));
        }
    }

    /// <summary>The run of the path, by its id or by the key that its caller gave.</summary>
    private async Task<Run> FindAsync(HttpContext http)
    {
        var name = (string)http.GetRouteValue("run")!;
        var run = await options.Runs.GetAsync(name, http.RequestAborted).ConfigureAwait(false) ?? await FindByKeyAsync(http, name).ConfigureAwait(false);
        if (run is null || !Rights.MaySee(http, run.Cluster))
        {
            throw new ApiException(404, "not-found", $"there is no run '{name}'");
        }

        Rights.Require(http, run.Cluster);
        return run;
    }

    /// <summary>The caller's own run of a key, else the only one that the caller may see: who watches is seldom who ordered.</summary>
    private async Task<Run?> FindByKeyAsync(HttpContext http, string key)
    {
        var found = await options.Runs.PageAsync(new RunFilter { Key = key, Among = Rights.Visible(http) }, int.MaxValue, http.RequestAborted).ConfigureAwait(false);
        return StoreRules.Under(found, Rights.Caller(http).Name) ?? (found.Count == 0 ? null : found.Count == 1 ? found[0]
            : throw new ApiException(409, "ambiguous-key", $"{found.Count} callers have a run under the key '{key}'; name the run by its id: {string.Join(", ", found.Take(5).Select(run => $"{run.Id} of {run.StartedBy}"))}"));
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var filter = new RunFilter
        {
            Kind = query.Text("kind"),
            Cluster = query.Text("cluster"),
            Among = Rights.Visible(http),
            Pool = query.Text("pool"),
            Key = query.Text("key"),
            StartedBy = query.Text("startedBy"),
            Phases = [.. query.Choices<RunPhase>("phase")],
            OlderThan = query.Text("olderThan"),
        };
        var limit = query.Number("limit", 1, LongestPage, 50);
        query.Close();

        // One more than asked for shows whether there is another page.
        var runs = await options.Runs.PageAsync(filter, limit + 1, http.RequestAborted).ConfigureAwait(false);
        var page = new JsonObject { ["items"] = new JsonArray([.. runs.Take(limit).Select(supervisor.Explained).Select(RunDocument.Brief)]), ["next"] = runs.Count > limit ? runs[limit - 1].Id : null };
        await Json.WriteAsync(http, 200, page).ConfigureAwait(false);
    }

    private async Task PostAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var (dryRun, wait) = (query.Flag("dryRun"), query.Wait());
        query.Close();
        var body = await RequestBodies.ReadAsync(http).ConfigureAwait(false);
        var errors = new List<InputError>();
        if (ImageBuildOrderReader.IsMeant(body))
        {
            var order = ImageBuildOrderReader.Read((DocumentMap)body, errors) ?? throw ApiException.Invalid(errors);
            Rights.RequireEverywhere(http, "over image builds, which belong to no cluster");
            await BeginAsync(http, body, dryRun, wait, order with { Key = OrderKey.Of(http, order.Key) }, builds.PlanAsync, builds.StartAsync).ConfigureAwait(false);
        }
        else if (ImagePromotionOrderReader.IsMeant(body))
        {
            var order = ImagePromotionOrderReader.Read((DocumentMap)body, errors) ?? throw ApiException.Invalid(errors);
            Rights.RequireEverywhere(http, "over promotions of images, which belong to no cluster");
            await BeginAsync(http, body, dryRun, wait, order with { Key = OrderKey.Of(http, order.Key) }, promotions.PlanAsync, promotions.StartAsync).ConfigureAwait(false);
        }
        else if (ImageSweepOrderReader.IsMeant(body))
        {
            var order = ImageSweepOrderReader.Read((DocumentMap)body, errors) ?? throw ApiException.Invalid(errors);
            Rights.RequireEverywhere(http, "over sweeps of images, which belong to no cluster");
            await BeginAsync(http, body, dryRun, wait, order with { Key = OrderKey.Of(http, order.Key) }, sweeps.PlanAsync, sweeps.StartAsync).ConfigureAwait(false);
        }
        else
        {
            var order = RotationOrderReader.Read(body, options.Connections.Policy.GetUtcNow(), errors) ?? throw ApiException.Invalid(errors);
            Rights.Require(http, order.Cluster);
            await BeginAsync(http, body, dryRun, wait, order with { Key = OrderKey.Of(http, order.Key) }, starter.PlanAsync, starter.StartAsync).ConfigureAwait(false);
        }
    }

    /// <summary>Answers with the plan of an order, or begins its run.</summary>
    private async Task BeginAsync<T>(
        HttpContext http, DocumentNode body, bool dryRun, TimeSpan wait, T order, Func<T, CancellationToken, Task<JsonObject>> plan, Func<T, string, Caller, CancellationToken, Task<(Run Run, bool Begun)>> start)
    {
        if (dryRun)
        {
            await Json.WriteAsync(http, 200, await plan(order, http.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        var (run, begun) = await start(order, OrderKey.Digest(body), Rights.Caller(http), http.RequestAborted).ConfigureAwait(false);
        http.Response.Headers.Location = $"/v1/runs/{run.Id}";
        await WriteAsync(http, begun ? 201 : 200, await RestingAsync(http, run, wait).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var wait = query.Wait();
        query.Close();
        await WriteAsync(http, 200, await RestingAsync(http, await FindAsync(http).ConfigureAwait(false), wait).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>The run once it rests, or as it stands when the caller will wait no longer or the service stops.</summary>
    private async Task<Run> RestingAsync(HttpContext http, Run run, TimeSpan wait)
    {
        var wall = options.Connections.Wall;
        var until = wall.GetUtcNow() + wait;
        while (!run.Rests && wall.GetUtcNow() < until && !stopping.IsCancellationRequested)
        {
            await Pauses.NextAsync(options, http, stopping).ConfigureAwait(false);
            run = (await options.Runs.GetAsync(run.Id, http.RequestAborted).ConfigureAwait(false))!;
        }

        return run;
    }

    private async Task JournalAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var (after, limit) = (query.Number("after", 0, int.MaxValue, 0), query.Number("limit", 1, 10_000, 1000));
        query.Close();
        var run = await FindAsync(http).ConfigureAwait(false);

        // One more than asked for shows whether there is another page.
        var lines = await options.Runs.JournalAsync(run.Id, after, limit + 1, http.RequestAborted).ConfigureAwait(false);
        var page = new JsonObject { ["items"] = new JsonArray([.. lines.Take(limit).Select(RunDocument.Of)]), ["next"] = lines.Count > limit ? lines[limit - 1].Sequence : null };
        await Json.WriteAsync(http, 200, page).ConfigureAwait(false);
    }

    private async Task EventsAsync(HttpContext http) => await RunEvents.WriteAsync(http, options, await FindAsync(http).ConfigureAwait(false), stopping).ConfigureAwait(false);

    private async Task AskAsync(HttpContext http, RunRequest request)
    {
        new QueryReader(http).Close();
        var run = await FindAsync(http).ConfigureAwait(false);
        switch (RequestRules.Judge(run, request))
        {
            case RequestSense.Sensible when request == RunRequest.Approve && RefusedApproval(http, run) is { } refused:
                throw refused;
            case RequestSense.Senseless:
                var why = request == RunRequest.Approve ? "stops at no gate" : $"cannot {RunDocument.Name(request)} any more";
                throw new ApiException(409, "wrong-phase", $"run {run.Id} is {RunDocument.Name(run.Phase)} and {why}") { More = new JsonObject { ["run"] = run.Id } };
            case RequestSense.Sensible:
                await options.Runs.RequestAsync(run.Id, request, http.RequestAborted).ConfigureAwait(false);
                supervisor.Look();
                break;
        }

        await WriteAsync(http, 202, (await options.Runs.GetAsync(run.Id, http.RequestAborted).ConfigureAwait(false))!).ConfigureAwait(false);
    }

    private ApiException? RefusedApproval(HttpContext http, Run run)
    {
        var why = TwoPeople.Refusal(run, Rights.Caller(http));
        var nobody = options.SignIn.Required ? "" : "; here nobody signs in, so that people cannot be told apart: serve with --api-keys or --issuer";
        return why is null ? null : new ApiException(403, TwoPeople.Code, why + nobody) { More = new JsonObject { ["run"] = run.Id } };
    }

    private async Task WriteAsync(HttpContext http, int status, Run run)
    {
        var lease = await options.Runs.LeaseAsync(run.Id, http.RequestAborted).ConfigureAwait(false);
        JsonNode document = RunDocument.Full(supervisor.Explained(run), lease, await options.Runs.LedgerAsync(run.Id, http.RequestAborted).ConfigureAwait(false));
        await Json.WriteAsync(http, status, document).ConfigureAwait(false);
    }
}
