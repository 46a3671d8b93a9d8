using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Runs Jobs: up to Replicas (parallelism) pods at a time until Completions have succeeded.</summary>
internal sealed class JobController
{
    private readonly ClusterState _cluster;
    private readonly PodFactory _factory;
    private readonly Succession _succession;
    private readonly WorkQueue<ObjectKey> _queue;

    internal JobController(ClusterState cluster, PodFactory factory, Succession succession)
    {
        (_cluster, _factory, _succession) = (cluster, factory, succession);
        _queue = new(cluster, Reconcile);
    }

    internal void Mark(ObjectKey key) => _queue.Mark(key);

    private void Reconcile(ObjectKey key)
    {
        if (_cluster.Jobs[key] is not { Meta.DeletionTimestamp: null } job)
        {
            return;
        }

        var pods = _cluster.Index.OwnedBy(job.Meta.Uid).Select(entry => entry.Pod).ToList();
        var succeeded = Math.Max(job.Succeeded, pods.Count(pod => pod.Phase == PodPhase.Succeeded));
        var active = pods.Count(pod => pod.IsActive);
        var ready = pods.Count(pod => pod.IsActive && pod.Ready);
        for (; active < Math.Min(job.Replicas, job.Completions - succeeded); active++)
        {
            _factory.Create(job, "batch/v1", _factory.NewName(job), _succession.Next(job.Meta.Uid));
        }

        if (job.Current != active || job.ReadyReplicas != ready || job.Succeeded != succeeded || job.ObservedGeneration != job.Meta.Generation)
        {
            _cluster.Jobs.Put(job with { Current = active, ReadyReplicas = ready, Succeeded = succeeded, ObservedGeneration = job.Meta.Generation });
        }
    }
}
