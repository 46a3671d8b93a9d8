using System.Collections.Immutable;
using Fleet.Core.Access;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fleet.Service.SignIn;

/// <summary>Which role each route needs. A route that is not in the table is nobody's.</summary>
internal static class Rights
{
    private static readonly Dictionary<string, Role> Needs = new(StringComparer.Ordinal)
    {
        ["GET /metrics"] = Role.Viewer,
        ["GET /v1/clusters"] = Role.Viewer,
        ["GET /v1/clusters/{cluster}"] = Role.Viewer,
        ["PUT /v1/clusters/{cluster}"] = Role.Admin,
        ["DELETE /v1/clusters/{cluster}"] = Role.Admin,
        ["GET /v1/clusters/{cluster}/pools"] = Role.Viewer,
        ["GET /v1/clusters/{cluster}/pools/{pool}"] = Role.Viewer,
        ["PUT /v1/clusters/{cluster}/pools/{pool}"] = Role.Admin,
        ["DELETE /v1/clusters/{cluster}/pools/{pool}"] = Role.Admin,
        ["POST /v1/apply"] = Role.Admin,
        ["GET /v1/schedules"] = Role.Viewer,
        ["GET /v1/schedules/{schedule}"] = Role.Viewer,
        ["PUT /v1/schedules/{schedule}"] = Role.Admin,
        ["DELETE /v1/schedules/{schedule}"] = Role.Admin,
        ["GET /v1/schedules/{schedule}/next"] = Role.Viewer,
        ["POST /v1/schedules/{schedule}/run-now"] = Role.Operator,
        ["POST /v1/schedules/{schedule}/suspend"] = Role.Operator,
        ["POST /v1/schedules/{schedule}/resume"] = Role.Operator,
        ["GET /v1/recipes"] = Role.Viewer,
        ["GET /v1/recipes/{recipe}"] = Role.Viewer,
        ["PUT /v1/recipes/{recipe}"] = Role.Admin,
        ["DELETE /v1/recipes/{recipe}"] = Role.Admin,
        ["GET /v1/images"] = Role.Viewer,
        ["GET /v1/images/sweep"] = Role.Viewer,
        ["GET /v1/runs"] = Role.Viewer,
        ["POST /v1/runs"] = Role.Operator,
        ["GET /v1/runs/{run}"] = Role.Viewer,
        ["GET /v1/runs/{run}/journal"] = Role.Viewer,
        ["GET /v1/runs/{run}/events"] = Role.Viewer,
        ["POST /v1/runs/{run}/pause"] = Role.Operator,
        ["POST /v1/runs/{run}/resume"] = Role.Operator,
        ["POST /v1/runs/{run}/cancel"] = Role.Operator,
        ["POST /v1/runs/{run}/approve"] = Role.Approver,
        ["GET /v1/whoami"] = Role.Viewer,
        ["GET /v1/audit"] = Role.Admin,
        ["GET /v1/keys"] = Role.Admin,
        ["POST /v1/keys"] = Role.Admin,
        ["POST /v1/keys/{key}/assign"] = Role.Admin,
        ["DELETE /v1/keys/{key}"] = Role.Admin,
    };

    /// <summary>Routes of which each answer belongs to one cluster that only the answer knows: they ask again there. What belongs to no cluster needs a role without limits, else a cluster's admin could make keys for all.</summary>
    private static readonly HashSet<string> AskAgain = [.. Needs.Keys.Where(route => route is "GET /v1/clusters" or "GET /v1/whoami" or "POST /v1/apply" || route.Contains(" /v1/runs", StringComparison.Ordinal) || route.Contains(" /v1/schedules", StringComparison.Ordinal))];

    /// <summary>Probes and the description need no sign-in.</summary>
    private static readonly HashSet<string> Open = ["GET /healthz", "GET /readyz", "GET /openapi/v1.json"];

    /// <summary>Lets pass who may, before anything of the request is read.</summary>
    public static async Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint || Open.Contains(Route(http, endpoint)))
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        // Where nobody signs in all callers are on this machine, and nothing is counted.
        var limiter = http.RequestServices.GetService<RequestLimiter>();
        var signedIn = await http.AuthenticateAsync(SignInHandler.Bearer).ConfigureAwait(false);
        if (!signedIn.Succeeded)
        {
            limiter?.CountAddress(http);
            http.Response.Headers.WWWAuthenticate = SignInHandler.Bearer;
            throw new ApiException(401, "unauthenticated", signedIn.Failure?.Message ?? "sign in with 'Authorization: Bearer KEY-OR-TOKEN'");
        }

        using var counted = limiter?.Count(http, Caller(http));
        Require(http, (string?)http.GetRouteValue("cluster"), somewhere: AskAgain.Contains(Route(http, endpoint)));
        await next(http).ConfigureAwait(false);
    }

    /// <summary>Who asks.</summary>
    public static Caller Caller(HttpContext http) => (Caller)http.Items[typeof(Caller)]!;

    /// <summary>Whether the caller may see what belongs to a cluster.</summary>
    public static bool MaySee(HttpContext http, string cluster) => Caller(http).May(Role.Viewer, cluster);

    /// <summary>The clusters that the caller may see; null: all.</summary>
    public static ImmutableArray<string>? Visible(HttpContext http) =>
        Caller(http).Grants is var grants && grants.Any(grant => grant.Clusters.IsEmpty) ? null : [.. grants.SelectMany(grant => grant.Clusters).Distinct()];

    /// <summary>Refuses who may not do in a cluster what the route does.</summary>
    /// <exception cref="ApiException">403.</exception>
    public static void Require(HttpContext http, string cluster) => Require(http, cluster, somewhere: false);

    /// <summary>Refuses who may not do in every cluster what the route does.</summary>
    /// <param name="http">The request.</param>
    /// <param name="what">What is asked for, in words.</param>
    /// <exception cref="ApiException">403.</exception>
    public static void RequireEverywhere(HttpContext http, string what)
    {
        var (caller, need) = (Caller(http), Needed(Route(http, (RouteEndpoint)http.GetEndpoint()!)));
        if (need is null || !caller.May(need.Value, null))
        {
            throw new ApiException(403, "forbidden", $"{caller.Name} may not decide {what}; needed: {need?.ToString().ToLowerInvariant()} of all clusters; granted: {string.Join(", ", caller.Grants)}");
        }
    }

    /// <summary>The role that a route needs; null where the table has none.</summary>
    public static Role? Needed(string route) => Needs.TryGetValue(route, out var role) ? role : null;

    /// <summary>Whether a route needs no sign-in.</summary>
    public static bool IsOpen(string route) => Open.Contains(route);

    private static void Require(HttpContext http, string? cluster, bool somewhere)
    {
        var (caller, need) = (Caller(http), Needed(Route(http, (RouteEndpoint)http.GetEndpoint()!)));
        if (need is null || !(somewhere ? caller.MaySomewhere(need.Value) : caller.May(need.Value, cluster)))
        {
            var where = cluster is null ? "" : $" in cluster {cluster}";
            throw new ApiException(403, "forbidden", $"{caller.Name} may not do this{where}; needed: {need?.ToString().ToLowerInvariant() ?? "nothing gives leave"}{where}; granted: {(caller.Grants.IsEmpty ? "nothing" : string.Join(", ", caller.Grants))}");
        }
    }

    private static string Route(HttpContext http, RouteEndpoint endpoint) => $"{http.Request.Method} {endpoint.RoutePattern.RawText}";
}
