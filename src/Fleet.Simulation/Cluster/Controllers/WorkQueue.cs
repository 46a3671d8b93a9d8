namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>A controller's queue: an item marked several times before its turn is worked on once, a delay after the first mark.</summary>
internal sealed class WorkQueue<T>(ClusterState cluster, Action<T> work)
    where T : notnull
{
    private readonly HashSet<T> _marked = [];

    internal void Mark(T item)
    {
        if (_marked.Add(item))
        {
            cluster.World.Timeline.After(cluster.Timings.Reconcile, () =>
            {
                _marked.Remove(item);
                work(item);
            });
        }
    }
}
