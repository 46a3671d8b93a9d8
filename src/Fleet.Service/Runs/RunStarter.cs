using System.Diagnostics;
using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Rotations.Orders;
using Fleet.Core.Rotations.Preflight;
using Fleet.Core.Runs;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Rotations;
using Fleet.Service.Http;

namespace Fleet.Service.Runs;

/// <summary>Checks what is asked for, and begins it.</summary>
internal sealed class RunStarter(ServiceOptions options, RotationHost host, ConnectionPool connections, RunSupervisor supervisor)
{
    /// <summary>The plan of what is asked for; nothing is recorded.</summary>
    public async Task<JsonObject> PlanAsync(RotationOrder order, CancellationToken cancellationToken)
    {
        var (spec, plan, _) = await CheckAsync(order, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["plan"] = PlanDocument.Of(spec, plan) };
    }

    /// <summary>Begins what is asked for, or finds what the same order began before.</summary>
    /// <param name="order">The order; where nothing is outdated its run ends at once.</param>
    /// <param name="digest">Digest of the order.</param>
    /// <param name="startedBy">Who asks.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>The run, already recorded, and whether this order began it.</returns>
    public async Task<(Run Run, bool Begun)> StartAsync(RotationOrder order, string digest, Caller startedBy, CancellationToken cancellationToken) =>
        (await StartAsync(order, digest, startedBy, _ => true, cancellationToken).ConfigureAwait(false))!.Value;

    /// <summary>As the other, where the plan shows that it is needed.</summary>
    /// <returns>The run; null where none was begun before and none is needed.</returns>
    public async Task<(Run Run, bool Begun)?> StartAsync(RotationOrder order, string digest, Caller startedBy, Func<RotationPlan, bool> needed, CancellationToken cancellationToken)
    {
        // Before any check: what was fine at the first try, e.g. that the pool has no run, need not be so at the second.
        if (order.Key is { } key && await options.Runs.FindByKeyAsync(key, startedBy.Name, cancellationToken).ConfigureAwait(false) is { } first)
        {
            return first.OrderDigest == digest ? (first, false) : throw Reused(first);
        }

        var (spec, plan, uid) = await CheckAsync(order, cancellationToken).ConfigureAwait(false);
        if (!needed(plan))
        {
            return null;
        }

        try
        {
            await options.Inventory.PinAsync(order.Cluster, uid, cancellationToken).ConfigureAwait(false);
            var wanted = host.Prepare(spec, startedBy.Name, startedBy.Person) with { Key = order.Key, OrderDigest = order.Key is null ? null : digest, Origin = Activity.Current?.Id };
            var run = await options.Runs.CreateAsync(wanted, order.WhenUnderWay, cancellationToken).ConfigureAwait(false);
            supervisor.Look();
            return (run, run.Id == wanted.Id);
        }
        catch (RunUnderWayException other)
        {
            throw UnderWay(other.Run, other.Queued);
        }
        catch (PoolUndeclaredException gone)
        {
            throw new ApiException(404, "not-found", gone.Message);
        }
        catch (RunKeyReusedException other)
        {
            throw Reused(other.Run);
        }
    }

    private async Task<(RotationSpec Spec, RotationPlan Plan, string KubeSystemUid)> CheckAsync(RotationOrder order, CancellationToken cancellationToken)
    {
        var clusters = await options.Inventory.ClustersAsync(cancellationToken).ConfigureAwait(false);
        var cluster = clusters.FirstOrDefault(one => one.Name == order.Cluster) ?? throw ApiException.NotFound("cluster", order.Cluster, clusters.Select(one => one.Name));
        var pools = await options.Inventory.PoolsAsync(cluster.Name, cancellationToken).ConfigureAwait(false);
        var pool = pools.FirstOrDefault(one => one.Name == order.Pool) ?? throw ApiException.NotFound($"node pool in cluster '{cluster.Name}'", order.Pool, pools.Select(one => one.Name));
        var before = await RefuseUnderWayAsync(order, cancellationToken).ConfigureAwait(false);
        try
        {
            var rented = connections.Rent(cluster);
            await using (rented.ConfigureAwait(false))
            {
                var found = await host.CheckAsync(cluster, pool, order.Wishes, before, rented.Connection, cancellationToken).ConfigureAwait(false);
                if (!found.Passed)
                {
                    throw Refused(found.Problems);
                }

                // Declared when it could not be reached, a cluster is pinned by the first run that changes something in it.
                return (found.Spec!, found.Plan!, cluster.KubeSystemUid ?? await rented.Connection.IdentityAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch (ClusterUnreachableException unusable)
        {
            throw new ApiException(422, $"cluster-{unusable.Code}", unusable.Message);
        }
        catch (CloudRefusedException unusable)
        {
            throw new ApiException(422, $"aws-{unusable.Code}", unusable.Message);
        }
    }

    /// <summary>Refuses what the store would refuse in the end, before the world is asked.</summary>
    /// <returns>The run that has to end first; null for none.</returns>
    private async Task<Run?> RefuseUnderWayAsync(RotationOrder order, CancellationToken cancellationToken)
    {
        var underWay = await options.Runs.ListAsync(order.Cluster, order.Pool, unfinishedOnly: true, cancellationToken).ConfigureAwait(false);
        try
        {
            StoreRules.Judge(underWay, order.WhenUnderWay);
            return underWay.MinBy(run => run.Turn);
        }
        catch (RunUnderWayException other)
        {
            throw UnderWay(other.Run, other.Queued);
        }
    }

    private static ApiException Refused(IEnumerable<Reason> problems)
    {
        var errors = problems.Select(problem => InputError.Argument(problem.Code, problem.Object ?? "", problem.Value, problem.Limit, problem.Cure is null ? problem.Sentence : $"{problem.Sentence}; {problem.Cure}")).ToList();
        return new ApiException(422, "refused", string.Join("; ", errors.Select(error => error.Message))) { Errors = errors };
    }

    /// <summary>An order whose key belongs to another one.</summary>
    internal static ApiException Reused(Run run) => new(422, "key-reused", $"run {run.Id} was ordered under the key '{run.Key}', and otherwise than now; an order of its own needs a key of its own")
    {
        More = new JsonObject { ["run"] = run.Id },
    };

    /// <summary>An order that may not wait for the run that is under way.</summary>
    internal static ApiException UnderWay(Run run, Run? queued)
    {
        var waits = queued is null ? "" : $", and run {queued.Id} waits for it already";
        var offers = queued is null ? (string[])["supersede", "queue"] : ["supersede"];
        var meant = string.Join(" or ", offers.Select(offer => offer == "queue" ? "'queue' to begin when it has ended" : "'supersede' to have it cancelled and begin then"));
        return new(409, "run-under-way", $"run {run.Id} is {RunDocument.Name(run.Phase)} on {run.Place}{waits}; a {(run.Cluster.Length == 0 ? "recipe" : "pool")} has one run at a time: ask with whenUnderWay {meant}")
        {
            More = new JsonObject { ["run"] = run.Id, ["queued"] = queued?.Id, ["whenUnderWay"] = new JsonArray([.. offers.Select(offer => JsonValue.Create(offer))]) },
        };
    }
}
