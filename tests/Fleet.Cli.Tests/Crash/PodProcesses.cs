using System.Collections.Concurrent;
using Fleet.Cli.Tests.Serving;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Cli.Tests.Crash;

/// <summary>
/// What a kubelet does for Fleet's own pods: a process is started when the world's pod runs, told to end when the pod is, and killed when the pod is gone. The world's time runs so fast that a pod's grace is over before a process of this machine
/// has ended in order, most times: that is the harder case.
/// </summary>
internal sealed class PodProcesses : IAsyncDisposable
{
    private readonly WireStage _stage;
    private readonly string _prefix;
    private readonly ConcurrentDictionary<string, Task<ServedProcess>> _started = [];
    private readonly ConcurrentDictionary<string, Task> _ended = [];
    private readonly TaskCompletionSource _over = new();

    public PodProcesses(WireStage stage, string workload)
    {
        (_stage, _prefix) = (stage, workload + "-");
        lock (stage.World.Gate)
        {
            stage.World.Cluster.Changed += On;
            foreach (var pod in stage.World.Cluster.Pods.Objects.Where(IsOurs).ToList())
            {
                Start(pod);
            }
        }
    }

    /// <summary>How many pods had a process.</summary>
    public int Started => _started.Count;

    /// <summary>How many pods were taken away.</summary>
    public int Ended => _ended.Count;

    /// <summary>A process that was started.</summary>
    public Task<ServedProcess> AnyAsync() => _started.Values.First();

    public async ValueTask DisposeAsync()
    {
        lock (_stage.World.Gate)
        {
            _stage.World.Cluster.Changed -= On;
        }

        _over.SetResult();
        await Task.WhenAll(_ended.Values);
        foreach (var started in _started.Values)
        {
            await (await started).DisposeAsync();
        }
    }

    private bool IsOurs(Pod pod) => pod.Meta.Name.StartsWith(_prefix, StringComparison.Ordinal);

    private void On(Change change)
    {
        if (change.Object is not Pod pod || !IsOurs(pod))
        {
            return;
        }

        if (change.Kind == ChangeKind.Deleted || pod.Meta.DeletionTimestamp is not null)
        {
            if (_started.TryGetValue(pod.Meta.Uid, out var started))
            {
                var gone = _ended.GetOrAdd(pod.Meta.Uid, _ => Task.Run(async () => await (await started).TerminateAsync()));
                if (change.Kind == ChangeKind.Deleted && !gone.IsCompleted)
                {
                    _ = KillAsync(started);
                }
            }
        }
        else if (pod.Ready)
        {
            Start(pod);
        }
    }

    private void Start(Pod pod) => _started.GetOrAdd(pod.Meta.Uid, _ => Task.Run(() => _stage.ServeAsync()));

    private static async Task KillAsync(Task<ServedProcess> started)
    {
        var process = (await started).Process;
        if (!process.HasExited)
        {
            process.Kill();
        }
    }
}
