using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Service.Resources;

/// <summary><c>/v1/clusters/{cluster}/pools</c>.</summary>
internal static class PoolRoutes
{
    public static void Map(WebApplication app, ServiceOptions options, Declaring declaring)
    {
        app.MapGet("/v1/clusters/{cluster}/pools", http => ListAsync(http, options));
        app.MapGet("/v1/clusters/{cluster}/pools/{pool}", async http => await WriteAsync(http, options, 200, await FindAsync(http, options).ConfigureAwait(false)).ConfigureAwait(false));
        app.MapPut("/v1/clusters/{cluster}/pools/{pool}", http => PutAsync(http, options, declaring));
        app.MapDelete("/v1/clusters/{cluster}/pools/{pool}", http => DeleteAsync(http, options, declaring));
    }

    private static async Task ListAsync(HttpContext http, ServiceOptions options)
    {
        var cluster = await ClusterRoutes.FindAsync(http, options).ConfigureAwait(false);
        var pools = await options.Inventory.PoolsAsync(cluster.Name, http.RequestAborted).ConfigureAwait(false);
        await Json.WriteListAsync(http, await Task.WhenAll(pools.Select(pool => DocumentAsync(http, options, pool))).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task<NodePoolSpec> FindAsync(HttpContext http, ServiceOptions options)
    {
        var cluster = await ClusterRoutes.FindAsync(http, options).ConfigureAwait(false);
        var name = (string)http.GetRouteValue("pool")!;
        var pools = await options.Inventory.PoolsAsync(cluster.Name, http.RequestAborted).ConfigureAwait(false);
        return pools.FirstOrDefault(pool => pool.Name == name) ?? throw ApiException.NotFound($"node pool in cluster '{cluster.Name}'", name, pools.Select(pool => pool.Name));
    }

    private static async Task PutAsync(HttpContext http, ServiceOptions options, Declaring declaring)
    {
        var (cluster, name) = ((string)http.GetRouteValue("cluster")!, (string)http.GetRouteValue("pool")!);
        var body = await RequestBodies.ReadAsync(http).ConfigureAwait(false);
        var created = await declaring.AloneAsync(
            async () =>
            {
                var declared = await declaring.ReadAsync(http, body).ConfigureAwait(false);
                var pool = Declaring.Named("metadata.name", name, declared.Pools.SingleOrDefault(), one => one.Name, "NodePool");
                Declaring.Named("spec.cluster", cluster, pool, one => one.Cluster, "NodePool");
                var before = (await options.Inventory.PoolsAsync(cluster, http.RequestAborted).ConfigureAwait(false)).FirstOrDefault(other => other.Name == name);
                Preconditions.Check(http, $"node pool '{cluster}/{name}'", before is null ? null : ResourceDocument.Declared(before));
                await declaring.StoreAsync(declared, http.RequestAborted).ConfigureAwait(false);
                return before is null;
            },
            http.RequestAborted).ConfigureAwait(false);
        await WriteAsync(http, options, created ? 201 : 200, await FindAsync(http, options).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task DeleteAsync(HttpContext http, ServiceOptions options, Declaring declaring)
    {
        await declaring.AloneAsync(
            async () =>
            {
                var pool = await FindAsync(http, options).ConfigureAwait(false);
                Preconditions.Check(http, $"node pool '{pool.Cluster}/{pool.Name}'", ResourceDocument.Declared(pool));
                var runs = await options.Runs.ListAsync(pool.Cluster, pool.Name, unfinishedOnly: true, http.RequestAborted).ConfigureAwait(false);
                return runs.Count == 0
                    ? await options.Inventory.DeletePoolAsync(pool.Cluster, pool.Name, http.RequestAborted).ConfigureAwait(false)
                    : throw new ApiException(409, "run-under-way", $"run {runs.MinBy(run => run.Turn)!.Id} is under way on {pool.Cluster}/{pool.Name}; wait for it or cancel it first");
            },
            http.RequestAborted).ConfigureAwait(false);
        http.Response.StatusCode = 204;
    }

    private static async Task WriteAsync(HttpContext http, ServiceOptions options, int status, NodePoolSpec pool)
    {
        http.Response.Headers.ETag = Preconditions.Tag(ResourceDocument.Declared(pool));
        await Json.WriteAsync(http, status, await DocumentAsync(http, options, pool).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> DocumentAsync(HttpContext http, ServiceOptions options, NodePoolSpec pool)
    {
        var status = await options.Inventory.StatusAsync(pool.Cluster, pool.Name, http.RequestAborted).ConfigureAwait(false);
        var runs = await options.Runs.ListAsync(pool.Cluster, pool.Name, unfinishedOnly: true, http.RequestAborted).ConfigureAwait(false);
        return ResourceDocument.Of(pool, status, runs.MinBy(run => run.Turn));
    }
}
