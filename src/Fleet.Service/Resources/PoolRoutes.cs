using System.Text.Json.Nodes;
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
    public static void Map(WebApplication app, ServiceOptions options)
    {
        app.MapGet("/v1/clusters/{cluster}/pools", http => ListAsync(http, options));
        app.MapGet("/v1/clusters/{cluster}/pools/{pool}", async http =>
        {
            new QueryReader(http).Close();
            await WriteAsync(http, options, 200).ConfigureAwait(false);
        });
        app.MapPut("/v1/clusters/{cluster}/pools/{pool}", http => PutAsync(http, options));
        app.MapDelete("/v1/clusters/{cluster}/pools/{pool}", http => DeleteAsync(http, options));
    }

    private static (string Cluster, string Pool) Path(HttpContext http) => ((string)http.GetRouteValue("cluster")!, (string)http.GetRouteValue("pool")!);

    private static async Task ListAsync(HttpContext http, ServiceOptions options)
    {
        new QueryReader(http).Close();
        var cluster = await ClusterRoutes.FindAsync(http, options).ConfigureAwait(false);
        var pools = await options.Inventory.PoolsAsync(cluster.Name, http.RequestAborted).ConfigureAwait(false);
        await Json.WriteListAsync(http, await Task.WhenAll(pools.Select(pool => DocumentAsync(http, options, pool))).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static NodePoolSpec Find(HttpContext http, string cluster, IEnumerable<NodePoolSpec> pools)
    {
        var (all, name) = (pools.Where(pool => pool.Cluster == cluster).ToList(), Path(http).Pool);
        return all.Find(pool => pool.Name == name) ?? throw ApiException.NotFound($"node pool in cluster '{cluster}'", name, all.Select(pool => pool.Name));
    }

    private static async Task PutAsync(HttpContext http, ServiceOptions options)
    {
        new QueryReader(http).Close();
        var (cluster, name) = Path(http);
        var body = await RequestBodies.ReadAsync(http).ConfigureAwait(false);
        var created = false;
        await Declaring.ChangeAsync(
            options.Inventory,
            "conflict",
            stored =>
            {
                var pool = Declaring.Named("metadata.name", name, Declaring.Read(body, stored).Pools.SingleOrDefault(), one => one.Name, "NodePool");
                Declaring.Named("spec.cluster", cluster, pool, one => one.Cluster, "NodePool");
                var before = stored.Pools.FirstOrDefault(other => (other.Cluster, other.Name) == (cluster, name));
                created = before is null;
                Preconditions.Check(http, $"node pool '{cluster}/{name}'", before is null ? null : ResourceDocument.Declared(before));
                return new() { Pools = [pool] };
            },
            http.RequestAborted).ConfigureAwait(false);
        await WriteAsync(http, options, created ? 201 : 200).ConfigureAwait(false);
    }

    private static async Task DeleteAsync(HttpContext http, ServiceOptions options)
    {
        new QueryReader(http).Close();
        var (cluster, name) = Path(http);
        await Declaring.ChangeAsync(
            options.Inventory,
            "conflict",
            stored =>
            {
                var pool = Find(http, cluster, stored.Pools);
                Preconditions.Check(http, $"node pool '{cluster}/{name}'", ResourceDocument.Declared(pool));
                return new() { DeletePool = (cluster, name) };
            },
            http.RequestAborted).ConfigureAwait(false);
        http.Response.StatusCode = 204;
    }

    private static async Task WriteAsync(HttpContext http, ServiceOptions options, int status)
    {
        var cluster = await ClusterRoutes.FindAsync(http, options).ConfigureAwait(false);
        var pool = Find(http, cluster.Name, await options.Inventory.PoolsAsync(cluster.Name, http.RequestAborted).ConfigureAwait(false));
        http.Response.Headers.ETag = Preconditions.Tag(ResourceDocument.Declared(pool));
        await Json.WriteAsync(http, status, await DocumentAsync(http, options, pool).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task<JsonNode> DocumentAsync(HttpContext http, ServiceOptions options, NodePoolSpec pool)
    {
        var status = await options.Inventory.StatusAsync(pool.Cluster, pool.Name, http.RequestAborted).ConfigureAwait(false);
        var runs = await options.Runs.ListAsync(pool.Cluster, pool.Name, unfinishedOnly: true, http.RequestAborted).ConfigureAwait(false);
        return ResourceDocument.Of(pool, status, runs.MinBy(run => run.Turn));
    }
}
