using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Fleet.Service.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Service.Resources;

/// <summary><c>/v1/clusters</c>.</summary>
internal static class ClusterRoutes
{
    public static void Map(WebApplication app, ServiceOptions options)
    {
        app.MapGet("/v1/clusters", async http =>
        {
            new QueryReader(http).Close();
            await Json.WriteListAsync(http, (await options.Inventory.ClustersAsync(http.RequestAborted).ConfigureAwait(false)).Where(cluster => Rights.MaySee(http, cluster.Name)).Select(ResourceDocument.Of)).ConfigureAwait(false);
        });
        app.MapGet("/v1/clusters/{cluster}", async http =>
        {
            new QueryReader(http).Close();
            await WriteAsync(http, 200, await FindAsync(http, options).ConfigureAwait(false)).ConfigureAwait(false);
        });
        app.MapPut("/v1/clusters/{cluster}", http => PutAsync(http, options));
        app.MapDelete("/v1/clusters/{cluster}", http => DeleteAsync(http, options));
    }

    /// <summary>The cluster of the path.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public static async Task<ClusterSpec> FindAsync(HttpContext http, ServiceOptions options) => Find(http, await options.Inventory.ClustersAsync(http.RequestAborted).ConfigureAwait(false));

    private static ClusterSpec Find(HttpContext http, IReadOnlyList<ClusterSpec> clusters)
    {
        var name = (string)http.GetRouteValue("cluster")!;
        return clusters.FirstOrDefault(cluster => cluster.Name == name) ?? throw ApiException.NotFound("cluster", name, clusters.Select(cluster => cluster.Name));
    }

    private static async Task PutAsync(HttpContext http, ServiceOptions options)
    {
        new QueryReader(http).Close();
        var name = (string)http.GetRouteValue("cluster")!;
        var body = await RequestBodies.ReadAsync(http).ConfigureAwait(false);
        ClusterSpec Declared(InventorySnapshot stored) =>
            Declaring.Named("metadata.name", name, Declaring.Read(body, stored, read => ClusterLeads.Check(body, read.Clusters.SingleOrDefault(), stored.Clusters, options.Settings.Kubeconfigs)).Clusters.SingleOrDefault(), one => one.Name, "Cluster");

        // The cluster is asked before anything is held: it may take its time.
        var known = await options.Inventory.SnapshotAsync(http.RequestAborted).ConfigureAwait(false);
        var asked = Declared(known);
        ClusterLeads.Require(http, asked, known.Clusters.FirstOrDefault(one => one.Name == name));
        var uid = await options.Identify(asked with { Kubeconfig = options.Connections.KubeconfigOf(asked) }, http.RequestAborted).ConfigureAwait(false);
        var created = false;
        await Declaring.ChangeAsync(
            options.Inventory,
            "conflict",
            stored =>
            {
                var (cluster, before) = (Declared(stored), stored.Clusters.FirstOrDefault(other => other.Name == name));
                created = before is null;
                ClusterLeads.Require(http, cluster, before);
                Preconditions.Check(http, $"cluster '{name}'", before is null ? null : ResourceDocument.Declared(before));

                // What leads to another cluster than the pinned one is refused; what leads nowhere now is not.
                return before?.KubeSystemUid is { } pinned && uid is not null && uid != pinned
                    ? throw new ApiException(409, "wrong-cluster", InventoryRules.PinnedElsewhere(name, pinned, uid))
                    : new() { Clusters = [cluster with { KubeSystemUid = cluster.KubeSystemUid ?? uid }] };
            },
            http.RequestAborted).ConfigureAwait(false);
        await WriteAsync(http, created ? 201 : 200, await FindAsync(http, options).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task DeleteAsync(HttpContext http, ServiceOptions options)
    {
        new QueryReader(http).Close();
        await Declaring.ChangeAsync(
            options.Inventory,
            "has-pools",
            stored =>
            {
                var cluster = Find(http, stored.Clusters);
                Preconditions.Check(http, $"cluster '{cluster.Name}'", ResourceDocument.Declared(cluster));
                var schedules = stored.Schedules.Where(schedule => schedule.Cluster == cluster.Name).Select(schedule => schedule.Name).ToList();
                return schedules.Count > 0
                    ? throw new ApiException(409, "has-schedules", InventoryRules.HasSchedules(cluster.Name, schedules).Message)
                    : new() { DeleteCluster = cluster.Name };
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
