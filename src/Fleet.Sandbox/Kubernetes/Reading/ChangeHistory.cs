using Fleet.Simulation;
using Fleet.Simulation.Cluster;

namespace Fleet.Sandbox.Kubernetes.Reading;

/// <summary>The latest changes of each resource, from which watches resume; what falls out makes older versions expire. Guarded by the world's gate.</summary>
internal sealed class ChangeHistory : IDisposable
{
    private readonly World _world;
    private readonly int _capacity;
    private readonly Dictionary<string, Feed> _feeds = new(StringComparer.Ordinal);
    private long _origin;

    public ChangeHistory(World world, int capacity)
    {
        (_world, _capacity) = (world, capacity);
        lock (world.Gate)
        {
            _origin = world.Cluster.Version;
            world.Cluster.Changed += Add;
        }
    }

    /// <summary>Reads the changes after a version.</summary>
    /// <returns>False when the version is too old.</returns>
    public bool Read(string resource, long after, List<Change> into)
    {
        var feed = Of(resource);
        if (after < feed.Dropped)
        {
            return false;
        }

        feed.CopyAfter(after, into);
        return true;
    }

    /// <summary>Ends with the next change of a resource.</summary>
    public Task Next(string resource) => Of(resource).Next.Task;

    /// <summary>Forgets everything, as a server that compacted its store.</summary>
    public void Clear()
    {
        _origin = _world.Cluster.Version;
        foreach (var feed in _feeds.Values)
        {
            feed.Clear(_origin);
        }
    }

    public void Dispose()
    {
        lock (_world.Gate)
        {
            _world.Cluster.Changed -= Add;
        }
    }

    private Feed Of(string resource)
    {
        if (!_feeds.TryGetValue(resource, out var feed))
        {
            _feeds[resource] = feed = new Feed(_capacity, _origin);
        }

        return feed;
    }

    private void Add(Change change) => Of(change.Resource).Add(change);

    private sealed class Feed(int capacity, long dropped)
    {
        private readonly List<Change> _changes = [];
        private int _start;

        public long Dropped { get; private set; } = dropped;

        public TaskCompletionSource Next { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Add(Change change)
        {
            _changes.Add(change);
            if (_changes.Count - _start > capacity)
            {
                Dropped = _changes[_start].ResourceVersion;
                _changes[_start++] = null!;
                if (_start > capacity)
                {
                    _changes.RemoveRange(0, _start);
                    _start = 0;
                }
            }

            var told = Next;
            Next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            told.SetResult();
        }

        public void Clear(long version)
        {
            _changes.Clear();
            (_start, Dropped) = (0, version);
        }

        public void CopyAfter(long version, List<Change> into)
        {
            var at = _changes.Count;
            while (at > _start && _changes[at - 1].ResourceVersion > version)
            {
                at--;
            }

            into.AddRange(_changes.Skip(at));
        }
    }
}
