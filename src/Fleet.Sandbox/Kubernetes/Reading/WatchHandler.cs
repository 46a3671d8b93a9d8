using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Kinds;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Sandbox.Kubernetes.Tables;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Reading;

/// <summary>watch: the state first where no version is given, then each change, with bookmarks between; ends with an ERROR event of code 410 when the reader has fallen behind the history.</summary>
/// <param name="world">The world.</param>
/// <param name="bytes">Rendered objects.</param>
/// <param name="tables">For clients that want rows.</param>
/// <param name="history">What can be resumed from.</param>
/// <param name="wall">The wall clock, which timeouts and bookmarks follow.</param>
/// <param name="bookmarkEvery">Time between bookmarks while nothing happens.</param>
/// <param name="stopping">Ends all watches.</param>
internal sealed class WatchHandler(World world, ObjectBytes bytes, TableWriter tables, ChangeHistory history, TimeProvider wall, TimeSpan bookmarkEvery, CancellationToken stopping)
{
    public async Task WatchAsync(ApiRequest request)
    {
        var selection = new Selection(request);
        var initialEvents = request.Flag("sendInitialEvents");
        var given = request.Query("resourceVersion");
        var call = new WorldCall(Api.Kubernetes, request.Caller, $"watch {request.Kind.Resource}", request.Namespace ?? "", Writes: false);
        var (version, first) = world.Calls.Make(call, () => Start(request, selection, given, initialEvents));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(request.Number("timeoutSeconds") ?? 3000), wall);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, request.Aborted, stopping);

        request.Http.Response.ContentType = "application/json";
        var body = request.Http.Response.BodyWriter;
        foreach (var one in first)
        {
            Write(body, request, "ADDED", one);
        }

        if (initialEvents)
        {
            Bookmark(body, request, version, initialEnd: true);
        }

        try
        {
            await body.FlushAsync(ended.Token).ConfigureAwait(false);
            await FollowAsync(request, selection, body, version, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The reader's time is over, or it has left: a watch ends without a word.
        }
    }

    private (long Version, List<WorldObject> First) Start(ApiRequest request, Selection selection, string? given, bool initialEvents)
    {
        var table = world.Cluster.FindTable(request.Kind.Resource) ?? throw Refusals.NotServed();
        if (given is null or "" or "0" || initialEvents)
        {
            return (world.Cluster.Version, table.All.Where(selection.Holds).ToList());
        }

        return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (version, [])
            : throw Refusals.Invalid(request.Kind.Kind, "", "resourceVersion", $"Invalid value: \"{given}\": a version as the server gave it is wanted");
    }

    private async Task FollowAsync(ApiRequest request, Selection selection, PipeWriter body, long version, CancellationToken ended)
    {
        var batch = new List<Change>();
        while (true)
        {
            Task next;
            bool known;
            batch.Clear();
            var from = version;
            lock (world.Gate)
            {
                known = history.Read(request.Kind.Resource, from, batch);
                next = history.Next(request.Kind.Resource);
                version = Math.Max(version, world.Cluster.Version);
            }

            if (!known)
            {
                var status = StatusAnswer.Of(Refusals.Expired($"too old resource version: {from} ({version})"));
                body.Write(ObjectBytes.Write(new JsonObject { ["type"] = "ERROR", ["object"] = status }));
                body.Write("\n"u8);
                await body.FlushAsync(ended).ConfigureAwait(false);
                return;
            }

            foreach (var change in batch)
            {
                Tell(body, request, selection, change);
            }

            if (body.UnflushedBytes > 0)
            {
                await body.FlushAsync(ended).ConfigureAwait(false);
            }

            if (await NextAsync(next, ended).ConfigureAwait(false) || !request.Flag("allowWatchBookmarks"))
            {
                continue;
            }

            Bookmark(body, request, version, initialEnd: false);
            await body.FlushAsync(ended).ConfigureAwait(false);
        }
    }

    private async Task<bool> NextAsync(Task next, CancellationToken ended)
    {
        try
        {
            await next.WaitAsync(bookmarkEvery, wall, ended).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Tell(PipeWriter body, ApiRequest request, Selection selection, Change change)
    {
        var now = change.Kind != ChangeKind.Deleted && selection.Holds(change.Object);
        var before = change.Before is { } was && selection.Holds(was);
        var type = (before, now) switch { (false, true) => "ADDED", (true, true) => "MODIFIED", (true, false) => "DELETED", _ => null };
        if (type is not null)
        {
            Write(body, request, type, change.Object);
        }
    }

    private void Write(PipeWriter body, ApiRequest request, string type, WorldObject value)
    {
        body.Write(Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"object\":"));
        if (TableWriter.Wanted(request))
        {
            body.Write(ObjectBytes.Write(tables.Table(request, [value], new JsonObject { ["resourceVersion"] = value.Meta.ResourceVersion.ToString() })));
        }
        else
        {
            bytes.WriteWhole(body, request.Kind, value);
        }

        body.Write("}\n"u8);
    }

    private static void Bookmark(PipeWriter body, ApiRequest request, long version, bool initialEnd)
    {
        var annotations = initialEnd ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "";
        body.Write(Encoding.UTF8.GetBytes(
            $"{{\"type\":\"BOOKMARK\",\"object\":{{\"kind\":\"{request.Kind.Kind}\",\"apiVersion\":\"{request.Kind.ApiVersion}\",\"metadata\":{{\"resourceVersion\":\"{version}\",\"creationTimestamp\":null{annotations}}}}}}}\n"));
    }
}
