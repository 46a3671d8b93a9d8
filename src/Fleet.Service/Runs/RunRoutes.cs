using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations.Orders;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Service.Runs;

/// <summary><c>/v1/runs</c>.</summary>
internal static class RunRoutes
{
    public static void Map(WebApplication app, ServiceOptions options, RunStarter starter, RunSupervisor supervisor)
    {
        app.MapGet("/v1/runs", http => ListAsync(http, options));
        app.MapPost("/v1/runs", http => PostAsync(http, options, starter));
        app.MapGet("/v1/runs/{run}", async http => await WriteAsync(http, options, 200, await RestingAsync(http, options, await FindAsync(http, options).ConfigureAwait(false)).ConfigureAwait(false)).ConfigureAwait(false));
        app.MapGet("/v1/runs/{run}/journal", http => JournalAsync(http, options));
        app.MapGet("/v1/runs/{run}/events", async http => await RunEvents.WriteAsync(http, options, await FindAsync(http, options).ConfigureAwait(false)).ConfigureAwait(false));
        foreach (var request in (RunRequest[])[RunRequest.Pause, RunRequest.Resume, RunRequest.Cancel])
        {
            app.MapPost($"/v1/runs/{{run}}/{RunDocument.Name(request)}", http => AskAsync(http, options, supervisor, request));
        }
    }

    private static async Task<Run> FindAsync(HttpContext http, ServiceOptions options)
    {
        var id = (string)http.GetRouteValue("run")!;
        return await options.Runs.GetAsync(id, http.RequestAborted).ConfigureAwait(false) ?? throw new ApiException(404, "not-found", $"there is no run '{id}'");
    }

    private static async Task ListAsync(HttpContext http, ServiceOptions options)
    {
        var query = http.Request.Query;
        var phase = (string?)query["phase"];
        var names = Enum.GetValues<RunPhase>().Select(RunDocument.Name).ToList();
        if (phase is not null && !names.Contains(phase))
        {
            var allowed = string.Join(", ", names);
            throw ApiException.Invalid([InputError.Argument("invalid-value", "phase", phase, allowed, $"phase is '{phase}'; allowed: {allowed}")]);
        }

        var runs = await options.Runs.ListAsync(query["cluster"], query["pool"], unfinishedOnly: false, http.RequestAborted).ConfigureAwait(false);
        await Json.WriteListAsync(http, runs.Where(run => phase is null || RunDocument.Name(run.Phase) == phase).Select(RunDocument.Brief)).ConfigureAwait(false);
    }

    private static async Task PostAsync(HttpContext http, ServiceOptions options, RunStarter starter)
    {
        var body = await RequestBodies.ReadAsync(http).ConfigureAwait(false);
        var errors = new List<InputError>();
        var order = RotationOrderReader.Read(body, options.Connections.Policy.GetUtcNow(), errors) ?? throw ApiException.Invalid(errors);
        if ((string?)http.Request.Query["dryRun"] == "true")
        {
            await Json.WriteAsync(http, 200, await starter.PlanAsync(order, http.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        QueryDurations.Wait(http);
        var run = await starter.StartAsync(order, http.RequestAborted).ConfigureAwait(false);
        http.Response.Headers.Location = $"/v1/runs/{run.Id}";
        await WriteAsync(http, options, 201, await RestingAsync(http, options, run).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>The run once it rests, or as it stands when the caller will wait no longer.</summary>
    private static async Task<Run> RestingAsync(HttpContext http, ServiceOptions options, Run run)
    {
        var wall = options.Connections.Wall;
        var until = wall.GetUtcNow() + QueryDurations.Wait(http);
        while (wall.GetUtcNow() < until && !run.Rests)
        {
            await Task.Delay(options.Interval, wall, http.RequestAborted).ConfigureAwait(false);
            run = (await options.Runs.GetAsync(run.Id, http.RequestAborted).ConfigureAwait(false))!;
        }

        return run;
    }

    private static async Task JournalAsync(HttpContext http, ServiceOptions options)
    {
        var run = await FindAsync(http, options).ConfigureAwait(false);
        await Json.WriteListAsync(http, (await options.Runs.JournalAsync(run.Id, 0, http.RequestAborted).ConfigureAwait(false)).Select(RunDocument.Of)).ConfigureAwait(false);
    }

    private static async Task AskAsync(HttpContext http, ServiceOptions options, RunSupervisor supervisor, RunRequest request)
    {
        var run = await FindAsync(http, options).ConfigureAwait(false);
        switch (RequestRules.Judge(run, request))
        {
            case RequestSense.Senseless:
                throw new ApiException(409, "wrong-phase", $"run {run.Id} is {RunDocument.Name(run.Phase)} and cannot {RunDocument.Name(request)} any more");
            case RequestSense.Sensible:
                await options.Runs.RequestAsync(run.Id, request, http.RequestAborted).ConfigureAwait(false);
                supervisor.Look();
                break;
        }

        await WriteAsync(http, options, 202, (await options.Runs.GetAsync(run.Id, http.RequestAborted).ConfigureAwait(false))!).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext http, ServiceOptions options, int status, Run run)
    {
        var lease = await options.Runs.LeaseAsync(run.Id, http.RequestAborted).ConfigureAwait(false);
        JsonNode document = RunDocument.Full(run, lease, await options.Runs.LedgerAsync(run.Id, http.RequestAborted).ConfigureAwait(false));
        await Json.WriteAsync(http, status, document).ConfigureAwait(false);
    }
}
