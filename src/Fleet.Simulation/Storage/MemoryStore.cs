using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;
using Fleet.Core.Schedules;

namespace Fleet.Simulation.Storage;

/// <summary>Inventory and runs in memory, for rehearsals and tests that make thousands of runs. Safe for several callers at once.</summary>
public sealed partial class MemoryStore : IRunStore, IInventoryStore, IScheduleStore, IImageStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoredRun> _runs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ClusterSpec> _clusters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Cluster, string Pool), NodePoolSpec> _pools = new(PoolOrder);
    private readonly Dictionary<(string Cluster, string Pool), PoolStatus> _status = [];
    private readonly SortedDictionary<string, ScheduleSpec> _schedules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredScheduleState> _scheduleStates = [];
    private readonly SortedDictionary<string, RecipeSpec> _recipes = new(StringComparer.Ordinal);

    private static readonly Comparer<(string Cluster, string Pool)> PoolOrder = Comparer<(string Cluster, string Pool)>.Create(
        (a, b) => string.CompareOrdinal(a.Cluster, b.Cluster) is var byCluster and not 0 ? byCluster : string.CompareOrdinal(a.Pool, b.Pool));

    /// <summary>A copy that shares nothing that changes: what a disk would hold if the process were killed now.</summary>
    public MemoryStore Clone()
    {
        var copy = new MemoryStore();
        lock (_lock)
        {
            foreach (var (id, run) in _runs)
            {
                copy._runs.Add(id, run.Clone());
            }

            foreach (var (name, cluster) in _clusters)
            {
                copy._clusters.Add(name, cluster);
            }

            foreach (var (key, pool) in _pools)
            {
                copy._pools.Add(key, pool);
            }

            foreach (var (key, status) in _status)
            {
                copy._status.Add(key, status);
            }

            foreach (var (name, schedule) in _schedules)
            {
                copy._schedules.Add(name, schedule);
            }

            foreach (var (name, state) in _scheduleStates)
            {
                copy._scheduleStates.Add(name, state);
            }

            foreach (var (name, recipe) in _recipes)
            {
                copy._recipes.Add(name, recipe);
            }

            foreach (var (key, image) in _images)
            {
                copy._images.Add(key, image);
            }
        }

        return copy;
    }

    private Task<T> Locked<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            lock (_lock)
            {
                return Task.FromResult(work());
            }
        }
#pragma warning disable CA1031 // Not swallowed: a task carries it to whoever awaits.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Task.FromException<T>(e);
        }
    }
}
