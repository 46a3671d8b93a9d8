using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Service.Auditing;
using Fleet.Service.Http;
using Fleet.Service.Schedules;
using Fleet.Service.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Resources;

/// <summary><c>POST /v1/apply</c>: declares several resources in one transaction, all or none, each under the caller's rights in its cluster.</summary>
internal sealed class ApplyRoutes(ServiceOptions options, ScheduleKeeper keeper)
{
    public void Map(WebApplication app) => app.MapPost("/v1/apply", ApplyAsync);

    private async Task ApplyAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var dryRun = query.Flag("dryRun");
        query.Close();
        var order = ApplyOrder.Read(await RequestBodies.ReadAsync(http).ConfigureAwait(false));
        AuditTrail.NoteParts(http, order.Items.Select(item => (item.Name, DocumentJson.Write(item.Document))));

        // Before anything is held to what is declared: hints would name what the caller may not see.
        Allow(http, order.Items.Select(item => item.Cluster));
        if (order.Items.FirstOrDefault(item => item.Kind == "Recipe" || (item.Kind == "Schedule" && ScheduleRoutes.MakesImages(item.Document))) is { } global)
        {
            Rights.RequireEverywhere(http, global.Name);
        }

        var known = await options.Inventory.SnapshotAsync(http.RequestAborted).ConfigureAwait(false);
        var uids = await IdentifyAsync(Declared(http, order, known), http.RequestAborted).ConfigureAwait(false);
        ImmutableArray<AppliedResource> applied = [];
        HashSet<string> pinned = [];
        InventoryChange Decide(InventorySnapshot stored)
        {
            var declared = Declared(http, order, stored);
            applied = AppliedResource.All(declared, stored);
            Expect(http, order, applied);
            Recognise(declared, stored, uids);
            var clusters = declared.Clusters.Select(cluster => cluster with { KubeSystemUid = cluster.KubeSystemUid ?? uids[cluster.Name] }).ToImmutableArray();
            pinned = [.. stored.Clusters.Concat(clusters).Where(cluster => cluster.KubeSystemUid is not null).Select(cluster => cluster.Name)];
            return new()
            {
                Clusters = clusters,
                Pools = declared.Pools,
                Schedules = declared.Schedules,
                Recipes = declared.Recipes,
            };
        }

        if (dryRun)
        {
            Decide(known);
        }
        else
        {
            await Declaring.ChangeAsync(options.Inventory, "conflict", Decide, http.RequestAborted).ConfigureAwait(false);
            var schedules = (await options.Inventory.SnapshotAsync(http.RequestAborted).ConfigureAwait(false)).Schedules;
            foreach (var schedule in schedules.Where(schedule => order.Items.Any(item => item.Name == $"Schedule {schedule.Name}")))
            {
                _ = keeper.Look(schedule);
            }
        }

        await Json.WriteListAsync(http, applied.Select(one => one.ToJson(pinned.Contains(one.Name)))).ConfigureAwait(false);
    }

    /// <summary>Refuses who may not do this in each of the clusters; all of them are named.</summary>
    private static void Allow(HttpContext http, IEnumerable<string?> clusters)
    {
        var refused = new List<ApiException>();
        foreach (var cluster in clusters.OfType<string>().Distinct())
        {
            try
            {
                Rights.Require(http, cluster);
            }
            catch (ApiException forbidden)
            {
                refused.Add(forbidden);
            }
        }

        if (refused.Count > 0)
        {
            throw new ApiException(403, "forbidden", string.Join("; ", refused.Select(one => one.Message)));
        }
    }

    private Declarations Declared(HttpContext http, ApplyOrder order, InventorySnapshot stored)
    {
        // What the caller may not see is left out of hints, and then nothing is declared against it either.
        DocumentNode[] documents = [.. order.Items.Select(item => item.Document)];
        Check(documents, order, stored with { Clusters = [.. stored.Clusters.Where(cluster => Rights.MaySee(http, cluster.Name))] });
        var declared = Check(documents, order, stored);
        Allow(http, [
            .. declared.Clusters.Select(cluster => cluster.Name), .. declared.Pools.Select(pool => pool.Cluster), .. declared.Schedules.Select(schedule => schedule.Cluster),

            // Who moves a schedule from a cluster to another must have a say in both.
            .. stored.Schedules.Where(before => declared.Schedules.Any(schedule => schedule.Name == before.Name)).Select(before => before.Cluster)]);
        foreach (var cluster in declared.Clusters)
        {
            ClusterLeads.Require(http, cluster, stored.Clusters.FirstOrDefault(before => before.Name == cluster.Name));
        }

        return declared;
    }

    private Declarations Check(DocumentNode[] documents, ApplyOrder order, InventorySnapshot stored)
    {
        var declared = InventoryReader.Read(documents, stored);
        var leads = order.Items.Where(item => item.Kind == "Cluster").SelectMany(item => ClusterLeads.Check(item.Document, declared.Clusters.FirstOrDefault(cluster => $"Cluster {cluster.Name}" == item.Name), stored.Clusters, options.Settings.Kubeconfigs));
        var errors = declared.Errors.AddRange(leads);
        return errors.IsEmpty ? declared : throw ApiException.Invalid(errors);
    }

    /// <summary>Asks each cluster who it is, before anything is held: it may take its time.</summary>
    private async Task<Dictionary<string, string?>> IdentifyAsync(Declarations declared, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(declared.Clusters.Select(cluster => options.Identify(cluster with { Kubeconfig = options.Connections.KubeconfigOf(cluster) }, cancellationToken))).ConfigureAwait(false);
        return declared.Clusters.Zip(answers).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    /// <summary>Refuses what somebody has changed since the caller looked. What is as it shall be already is no matter, so that a repeated order comes to the same.</summary>
    private static void Expect(HttpContext http, ApplyOrder order, ImmutableArray<AppliedResource> applied)
    {
        var changed = new List<string>();
        foreach (var one in applied)
        {
            AuditTrail.NoteBefore(http, one.Title, one.Before?.ToJsonString());
            if (order.Expected.TryGetValue(one.Title, out var seen) && !one.IsSame && (one.Before is null ? null : Preconditions.Tag(one.Before)) is var now && now != seen)
            {
                changed.Add(now is null ? $"{one.Title} does not exist any more" : seen is null ? $"{one.Title} exists already as {now}" : $"{one.Title} has changed: it is {now} now, not {seen}");
            }
        }

        if (changed.Count > 0)
        {
            throw new ApiException(412, "changed", $"{string.Join("; ", changed)}; nothing is applied: read again and decide anew");
        }
    }

    /// <summary>Refuses what leads to another cluster than the pinned one; what leads nowhere now is not.</summary>
    private static void Recognise(Declarations declared, InventorySnapshot stored, Dictionary<string, string?> uids)
    {
        var strangers = declared.Clusters.Select(cluster => (cluster.Name, Pinned: stored.Clusters.FirstOrDefault(before => before.Name == cluster.Name)?.KubeSystemUid ?? cluster.KubeSystemUid, Answered: uids[cluster.Name]))
            .Where(one => one.Pinned is not null && one.Answered is not null && one.Pinned != one.Answered)
            .Select(one => InventoryRules.PinnedElsewhere(one.Name, one.Pinned!, one.Answered!)).ToList();
        if (strangers.Count > 0)
        {
            throw new ApiException(409, "wrong-cluster", string.Join("; ", strangers));
        }
    }
}
