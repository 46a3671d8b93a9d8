using System.Text.Json.Nodes;
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
internal sealed class RunStarter(ServiceOptions options, RotationHost host, RunSupervisor supervisor)
{
    /// <summary>The plan of what is asked for; nothing is recorded.</summary>
    public async Task<JsonObject> PlanAsync(RotationOrder order, CancellationToken cancellationToken)
    {
        var (spec, plan) = await CheckAsync(order, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["plan"] = PlanDocument.Of(spec, plan) };
    }

    /// <summary>Begins what is asked for.</summary>
    /// <returns>The run, already recorded; null where nothing is outdated.</returns>
    public async Task<Run> StartAsync(RotationOrder order, CancellationToken cancellationToken)
    {
        var (spec, _) = await CheckAsync(order, cancellationToken).ConfigureAwait(false);
        try
        {
            var run = await host.StartAsync(spec, cancellationToken).ConfigureAwait(false);
            supervisor.Look();
            return run;
        }
        catch (RunUnderWayException other)
        {
            throw UnderWay(other.Run);
        }
    }

    private async Task<(RotationSpec Spec, RotationPlan Plan)> CheckAsync(RotationOrder order, CancellationToken cancellationToken)
    {
        var clusters = await options.Inventory.ClustersAsync(cancellationToken).ConfigureAwait(false);
        var cluster = clusters.FirstOrDefault(one => one.Name == order.Cluster) ?? throw ApiException.NotFound("cluster", order.Cluster, clusters.Select(one => one.Name));
        var pools = await options.Inventory.PoolsAsync(cluster.Name, cancellationToken).ConfigureAwait(false);
        var pool = pools.FirstOrDefault(one => one.Name == order.Pool) ?? throw ApiException.NotFound($"node pool in cluster '{cluster.Name}'", order.Pool, pools.Select(one => one.Name));
        var under = await options.Runs.ListAsync(cluster.Name, pool.Name, unfinishedOnly: true, cancellationToken).ConfigureAwait(false);
        if (under.Count > 0)
        {
            throw UnderWay(under[0]);
        }

        try
        {
            var connection = ClusterConnection.Open(cluster, options.Connections);
            await using (connection.ConfigureAwait(false))
            {
                var found = await host.CheckAsync(cluster, pool, order.Wishes, connection, cancellationToken).ConfigureAwait(false);
                if (!found.Passed)
                {
                    throw Refused(found.Problems);
                }

                if (cluster.KubeSystemUid is null)
                {
                    await options.Inventory.PinAsync(cluster.Name, await connection.IdentityAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                }

                return (found.Spec!, found.Plan!);
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

    private static ApiException Refused(IEnumerable<Reason> problems)
    {
        var errors = problems.Select(problem => InputError.Argument(problem.Code, problem.Object ?? "", problem.Value, problem.Limit, problem.Cure is null ? problem.Sentence : $"{problem.Sentence}; {problem.Cure}")).ToList();
        return new ApiException(422, "refused", string.Join("; ", errors.Select(error => error.Message))) { Errors = errors };
    }

    private static ApiException UnderWay(Run run) => new(409, "run-under-way", $"run {run.Id} is {RunDocument.Name(run.Phase)} on {run.Cluster}/{run.Pool}, and a pool has one run at a time")
    {
        More = new JsonObject { ["run"] = run.Id },
    };
}
