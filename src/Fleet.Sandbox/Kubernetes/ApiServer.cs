using System.Collections.Frozen;
using Fleet.Sandbox.Kubernetes.Kinds;
using Fleet.Sandbox.Kubernetes.Reading;
using Fleet.Sandbox.Kubernetes.Schemas;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Sandbox.Kubernetes.Tables;
using Fleet.Sandbox.Kubernetes.Writing;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Api;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sandbox.Kubernetes;

/// <summary>The cluster's API server on the wire: signs callers in by bearer token, finds the resource, and turns refusals and planned faults into what the real server answers.</summary>
internal sealed class ApiServer : IDisposable
{
    private readonly FrozenDictionary<string, string> _users;
    private readonly ReadHandler _reads;
    private readonly WatchHandler _watches;
    private readonly WriteHandler _writes;
    private readonly PatchHandler _patches;
    private readonly EvictionHandler _evictions;
    private readonly ScaleHandler _scales;
    private readonly ReviewHandler _reviews;
    private readonly ListPages _pages = new();
    private readonly ChangeHistory _history;
    private readonly World _world;

    /// <param name="world">The world.</param>
    /// <param name="users">User by bearer token.</param>
    /// <param name="clock">The world's present, for ages.</param>
    /// <param name="wall">The wall clock.</param>
    /// <param name="options">History and bookmarks.</param>
    /// <param name="stopping">Ends all watches.</param>
    public ApiServer(World world, IReadOnlyDictionary<string, string> users, TimeProvider clock, TimeProvider wall, ApiServerOptions options, CancellationToken stopping)
    {
        _world = world;
        _users = users.ToFrozenDictionary();
        foreach (var kind in KindTable.All.Where(kind => world.Cluster.FindTable(kind.Resource) is null))
        {
            world.Cluster.Register(kind.Resource, kind.Namespaced);
        }

        var bytes = new ObjectBytes();
        var tables = new TableWriter(bytes, clock);
        _history = new ChangeHistory(world, options.WatchHistory);
        _reads = new ReadHandler(world, bytes, tables, _pages);
        _writes = new WriteHandler(world, bytes, tables);
        _patches = new PatchHandler(world, bytes, _writes);
        _evictions = new EvictionHandler(world);
        _scales = new ScaleHandler(world);
        _reviews = new ReviewHandler(world);
        _watches = new WatchHandler(world, bytes, tables, _history, wall, options.BookmarkEvery, stopping);
    }

    /// <summary>Makes every version given out so far too old, as a compaction of the store does: continue tokens and watches from before get 410.</summary>
    public void Compact()
    {
        lock (_world.Gate)
        {
            _history.Clear();
        }

        _pages.Clear();
    }

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await RouteAsync(http).ConfigureAwait(false);
        }
        catch (StatusException refusal)
        {
            await Answer.RefuseAsync(http, StatusAnswer.Of(refusal)).ConfigureAwait(false);
        }
        catch (WorldFaultException fault) when (fault.Kind is WorldFaultKind.TimeoutBefore or WorldFaultKind.TimeoutAfterSuccess)
        {
            http.Abort();
        }
        catch (WorldFaultException fault)
        {
            await Answer.RefuseAsync(http, StatusAnswer.Of(fault)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has left: nobody reads an answer.
        }
    }

    public void Dispose() => _history.Dispose();

    private Task RouteAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        if (path is "/healthz" or "/livez" or "/readyz")
        {
            return Answer.WriteTextAsync(http, 200, "ok");
        }

        if (Caller(http) is not { } caller)
        {
            return Answer.RefuseAsync(http, StatusAnswer.Failure(401, "Unauthorized", "Unauthorized", []));
        }

        if (HttpMethods.IsGet(http.Request.Method) && Discovery.Find(path, ServerVersion()) is { } found)
        {
            return Answer.WriteAsync(http, 200, found);
        }

        if (path.StartsWith("/openapi/", StringComparison.Ordinal) && OpenApi.Find(path) is { } description)
        {
            return Answer.WriteAsync(http, 200, description);
        }

        if (HttpMethods.IsPost(http.Request.Method) && ReviewHandler.Serves(path))
        {
            return _reviews.ReviewAsync(http, caller, path);
        }

        return ResourcePath.Parse(path) is { Kind: { } kind } at
            ? DispatchAsync(new ApiRequest(http, caller, kind, kind.Namespaced ? at.Namespace : null, at.Name ?? (kind.Plural == "namespaces" ? at.Namespace : null), at.Subresource))
            : throw Refusals.NotServed();
    }

    private Task DispatchAsync(ApiRequest request) => (request.Http.Request.Method, request.Name, request.Subresource) switch
    {
        ("GET", _, null) when request.Flag("watch") => _watches.WatchAsync(request),
        ("GET", null, null) => _reads.ListAsync(request),
        ("GET", _, null or "status") => _reads.GetAsync(request),
        ("POST", null, null) => _writes.CreateAsync(request),
        ("PUT", not null, null or "status") => _writes.UpdateAsync(request),
        ("PATCH", not null, null or "status") => _patches.PatchAsync(request),
        ("DELETE", null, null) => _writes.DeleteCollectionAsync(request),
        ("DELETE", not null, null) => _writes.DeleteAsync(request),
        ("POST", not null, "eviction") when request.Kind.Plural == "pods" => _evictions.EvictAsync(request),
        ("GET", not null, "scale") when Scales(request) => _scales.GetAsync(request),
        ("PUT" or "PATCH", not null, "scale") when Scales(request) => _scales.WriteAsync(request),
        ("GET", not null, "log") when request.Kind.Plural == "pods" => Answer.WriteTextAsync(request.Http, 200, ""),
        _ => throw Refusals.MethodNotAllowed(),
    };

    private string ServerVersion()
    {
        lock (_world.Gate)
        {
            return _world.Cluster.ServerVersion;
        }
    }

    private static bool Scales(ApiRequest request) => request.Kind.Subresources.Any(one => one.Name == "scale");

    private string? Caller(HttpContext http)
    {
        const string Scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? _users.GetValueOrDefault(header[Scheme.Length..].Trim()) : null;
    }
}
