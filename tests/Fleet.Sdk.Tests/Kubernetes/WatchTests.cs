using k8s;
using k8s.Autorest;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sdk.Tests.Kubernetes;

public sealed class WatchTests
{
    [Fact]
    public async Task Events_come_one_by_one_and_a_bookmark_carries_the_resource_version()
    {
        await using var api = await ApiServer.StartAsync(
            """{"type":"ADDED","object":{"kind":"Node","metadata":{"name":"n1"}}}""" + "\n" +
            """{"type":"BOOKMARK","object":{"kind":"Node","metadata":{"resourceVersion":"42"}}}""" + "\n" +
            """{"type":"DELETED","object":{"kind":"Node","metadata":{"name":"n1"}}}""" + "\n");
        using var client = api.Client();

        var seen = new List<(WatchEventType, string?, string?)>();
        await foreach (var (type, node) in client.CoreV1.WatchListNodeAsync(allowWatchBookmarks: true, resourceVersion: "7", onError: e => throw e))
        {
            seen.Add((type, node.Metadata.Name, node.Metadata.ResourceVersion));
        }

        seen.ShouldBe([(WatchEventType.Added, "n1", null), (WatchEventType.Bookmark, null, "42"), (WatchEventType.Deleted, "n1", null)]);
        api.Requests.Single().Line.ShouldBe("GET /api/v1/nodes?allowWatchBookmarks=true&resourceVersion=7&watch=true");
    }

    [Fact]
    public async Task An_error_event_goes_to_onError_and_the_watch_goes_on()
    {
        await using var api = await ApiServer.StartAsync(
            """{"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":"Expired","code":410}}""" + "\n" +
            """{"type":"ADDED","object":{"metadata":{"name":"n1"}}}""" + "\n");
        using var client = api.Client();
        var errors = new List<Exception>();

        var names = new List<string>();
        await foreach (var (_, node) in client.CoreV1.WatchListNodeAsync(onError: errors.Add))
        {
            names.Add(node.Metadata.Name);
        }

        errors.Single().ShouldBeOfType<KubernetesException>().Status.Code.ShouldBe(410);
        names.ShouldBe(["n1"]);
    }

    [Fact]
    public async Task A_watch_that_is_refused_throws()
    {
        await using var api = await ApiServer.StartAsync("""{"kind":"Status","code":410}""", status: 410);
        using var client = api.Client();

        var refused = await Should.ThrowAsync<HttpOperationException>(async () =>
        {
            await foreach (var item in client.CoreV1.WatchListNodeAsync())
            {
                item.ShouldBe(default);
            }
        });

        ((int)refused.Response.StatusCode).ShouldBe(410);
    }

    [Fact]
    public async Task A_watch_outlives_the_clients_timeout_and_ends_when_it_is_cancelled()
    {
        var next = new TaskCompletionSource();
        await using var api = await ApiServer.StartAsync(async context =>
        {
            if (!context.Request.Query.ContainsKey("watch"))
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }

            await context.Response.WriteAsync("""{"type":"ADDED","object":{"metadata":{"name":"n1"}}}""" + "\n");
            await context.Response.Body.FlushAsync();
            await next.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("""{"type":"ADDED","object":{"metadata":{"name":"n2"}}}""" + "\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var client = api.Client();
        client.HttpClientTimeout = TimeSpan.FromMilliseconds(300);
        using var stop = new CancellationTokenSource();
        var names = new List<string>();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var (_, node) in client.CoreV1.WatchListNodeAsync(cancellationToken: stop.Token))
            {
                names.Add(node.Metadata.Name);
                if (names.Count == 1)
                {
                    // A call that ends at the same limit shows that the limit has passed.
                    await Should.ThrowAsync<OperationCanceledException>(() => client.CoreV1.ListNodeAsync());
                    next.SetResult();
                }
                else
                {
                    await stop.CancelAsync();
                }
            }
        });

        names.ShouldBe(["n1", "n2"]);
    }
}
