using System.Text;
using System.Text.Json;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Reading;

/// <summary>What remains of paged lists: each continue token names a snapshot, so that all pages show the store at one version; the oldest snapshots expire.</summary>
internal sealed class ListPages
{
    private const int Kept = 64;
    private readonly Lock _lock = new();
    private readonly Queue<long> _order = new();
    private readonly Dictionary<long, (IReadOnlyList<WorldObject> Items, long Version)> _snapshots = [];
    private long _next;

    /// <summary>A page of a fresh list.</summary>
    public ListPage First(IReadOnlyList<WorldObject> items, long version, long limit)
    {
        if (limit <= 0 || items.Count <= limit)
        {
            return new ListPage(items, version, null, 0);
        }

        lock (_lock)
        {
            var id = ++_next;
            _snapshots[id] = (items, version);
            _order.Enqueue(id);
            if (_order.Count > Kept)
            {
                _snapshots.Remove(_order.Dequeue());
            }

            return Page(id, items, version, 0, limit);
        }
    }

    /// <summary>The page that a token names.</summary>
    /// <exception cref="Fleet.Simulation.Cluster.Api.StatusException">410 when the snapshot has expired, 400 when the token is none.</exception>
    public ListPage Next(string token, long limit)
    {
        var (id, start) = Read(token);
        lock (_lock)
        {
            return _snapshots.TryGetValue(id, out var snapshot) && start <= snapshot.Items.Count
                ? Page(id, snapshot.Items, snapshot.Version, start, limit <= 0 ? snapshot.Items.Count : limit)
                : throw Refusals.Expired("The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.");
        }
    }

    /// <summary>Expires every token.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _snapshots.Clear();
            _order.Clear();
        }
    }

    private static ListPage Page(long id, IReadOnlyList<WorldObject> items, long version, int start, long limit)
    {
        var end = (int)Math.Min(items.Count, start + limit);
        var page = new List<WorldObject>(end - start);
        for (var at = start; at < end; at++)
        {
            page.Add(items[at]);
        }

        var token = end < items.Count ? Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Token("meta.k8s.io/v1", id, end)))) : null;
        return new ListPage(page, version, token, items.Count - end);
    }

    private static (long Id, int Start) Read(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<Token>(Convert.FromBase64String(token)) is { Start: >= 0 } read ? (read.Rv, read.Start) : throw new FormatException();
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            throw Refusals.BadRequest("continue key is not valid: it is not a token of this server");
        }
    }

    private sealed record Token(string V, long Rv, int Start);
}
