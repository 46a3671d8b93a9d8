using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Service.Resources;

/// <summary><c>/v1/clusters</c>.</summary>
internal static class ClusterRoutes
{
    public static void Map(WebApplication app, ServiceOptions options, Declaring declaring)
    {
        app.MapGet("/v1/clusters", async http =>
            await Json.WriteListAsync(http, (await options.Inventory.ClustersAsync(http.RequestAborted).ConfigureAwait(false)).Select(ResourceDocument.Of)).ConfigureAwait(false));
        app.MapGet("/v1/clusters/{cluster}", async http => await WriteAsync(http, 200, await FindAsync(http, options).ConfigureAwait(false)).ConfigureAwait(false));
        app.MapPut("/v1/clusters/{cluster}", http => PutAsync(http, options, declaring));
        app.MapDelete("/v1/clusters/{cluster}", http => DeleteAsync(http, options, declaring));
    }

    /// <summary>The cluster of the path.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public static async Task<ClusterSpec> FindAsync(HttpContext http, ServiceOptions options)
    {
        var name = (string)http.GetRouteValue("cluster")!;
        var clusters = await options.Inventory.ClustersAsync(http.RequestAborted).ConfigureAwait(false);
        return clusters.FirstOrDefault(cluster => cluster.Name == name) ?? throw ApiException.NotFound("cluster", name, clusters.Select(cluster => cluster.Name));
    }

    private static async Task PutAsync(HttpContext http, ServiceOptions options, Declaring declaring)
    {
        var name = (string)http.GetRouteValue("cluster")!;
        var body = await RequestBodies.ReadAsync(http).ConfigureAwait(false);
        var (created, stored) = await declaring.AloneAsync(
            async () =>
            {
                var declared = await declaring.ReadAsync(http, body).ConfigureAwait(false);
                var cluster = Declaring.Named("metadata.name", name, declared.Clusters.SingleOrDefault(), one => one.Name, "Cluster");
                var before = (await options.Inventory.ClustersAsync(http.RequestAborted).ConfigureAwait(false)).FirstOrDefault(other => other.Name == name);
                Preconditions.Check(http, $"cluster '{name}'", before is null ? null : ResourceDocument.Declared(before));
                await RefuseAnotherAsync(options, before, cluster, http.RequestAborted).ConfigureAwait(false);
                await declaring.StoreAsync(declared, http.RequestAborted).ConfigureAwait(false);
                return (before is null, cluster);
            },
            http.RequestAborted).ConfigureAwait(false);
        if (await options.Identify(stored, http.RequestAborted).ConfigureAwait(false) is { } uid)
        {
            await options.Inventory.PinAsync(name, uid, http.RequestAborted).ConfigureAwait(false);
        }

        await WriteAsync(http, created ? 201 : 200, await FindAsync(http, options).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>A declaration that leads to another cluster than the pinned one is refused; one that leads nowhere is not.</summary>
    private static async Task RefuseAnotherAsync(ServiceOptions options, ClusterSpec? before, ClusterSpec cluster, CancellationToken cancellationToken)
    {
        if (before?.KubeSystemUid is { } pinned && await options.Identify(cluster, cancellationToken).ConfigureAwait(false) is { } uid && uid != pinned)
        {
            throw new ApiException(409, "wrong-cluster", InventoryRules.PinnedElsewhere(cluster.Name, pinned, uid));
        }
    }

    private static async Task DeleteAsync(HttpContext http, ServiceOptions options, Declaring declaring)
    {
        await declaring.AloneAsync(
            async () =>
            {
                var cluster = await FindAsync(http, options).ConfigureAwait(false);
                Preconditions.Check(http, $"cluster '{cluster.Name}'", ResourceDocument.Declared(cluster));
                try
                {
                    return await options.Inventory.DeleteClusterAsync(cluster.Name, http.RequestAborted).ConfigureAwait(false);
                }
                catch (InvalidOperationException holds)
                {
                    throw new ApiException(409, "has-pools", holds.Message);
                }
            },
            http.RequestAborted).ConfigureAwait(false);
        http.Response.StatusCode = 204;
    }

    private static Task WriteAsync(HttpContext http, int status, ClusterSpec cluster)
    {
        http.Response.Headers.ETag = Preconditions.Tag(ResourceDocument.Declared(cluster));
        return Json.WriteAsync(http, status, ResourceDocument.Of(cluster));
    }
}
