using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sdk.Tests.Kubernetes;

public sealed class CallTests
{
    [Fact]
    public async Task A_list_leaves_null_parameters_out_and_escapes_the_others()
    {
        await using var api = await ApiServer.StartAsync("""{"metadata": {"continue": "more", "resourceVersion": "7"}, "items": [{"metadata": {"name": "n1"}}]}""");
        using var client = api.Client();

        var list = await client.CoreV1.ListNodeAsync(limit: 500, labelSelector: "pool in (a,b)&x", allowWatchBookmarks: true);

        api.Requests.Single().Line.ShouldBe("GET /api/v1/nodes?allowWatchBookmarks=true&labelSelector=pool%20in%20%28a%2Cb%29%26x&limit=500");
        list.Metadata.ContinueProperty.ShouldBe("more");
        list.Items.Single().Name().ShouldBe("n1");
    }

    [Theory]
    [InlineData(V1Patch.PatchType.JsonPatch, "application/json-patch+json; charset=utf-8")]
    [InlineData(V1Patch.PatchType.MergePatch, "application/merge-patch+json; charset=utf-8")]
    [InlineData(V1Patch.PatchType.StrategicMergePatch, "application/strategic-merge-patch+json; charset=utf-8")]
    [InlineData(V1Patch.PatchType.ApplyPatch, "application/apply-patch+yaml; charset=utf-8")]
    public async Task A_patch_goes_out_under_its_own_media_type(V1Patch.PatchType type, string mediaType)
    {
        await using var api = await ApiServer.StartAsync("{}");
        using var client = api.Client();

        await client.CoreV1.PatchNodeAsync(new V1Patch("""{"spec":{"unschedulable":true}}""", type), name: "n1", fieldManager: "fleet");

        var request = api.Requests.Single();
        request.Line.ShouldBe("PATCH /api/v1/nodes/n1?fieldManager=fleet");
        request.ContentType.ShouldBe(mediaType);
        request.Body.ShouldBe("""{"spec":{"unschedulable":true}}""");
    }

    [Fact]
    public async Task A_patch_given_as_an_object_is_serialised()
    {
        await using var api = await ApiServer.StartAsync("{}");
        using var client = api.Client();

        await client.CoreV1.PatchNodeAsync(new V1Patch(new { spec = new { unschedulable = true } }, V1Patch.PatchType.MergePatch), name: "n1");

        api.Requests.Single().Body.ShouldBe("""{"spec":{"unschedulable":true}}""");
    }

    [Fact]
    public async Task An_eviction_that_a_budget_refuses_tells_status_content_and_when_to_come_back()
    {
        await using var api = await ApiServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "10";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"kind":"Status","status":"Failure","reason":"TooManyRequests","code":429}""");
        });
        using var client = api.Client();
        var eviction = new V1Eviction
        {
            Metadata = new V1ObjectMeta { Name = "p", NamespaceProperty = "apps" },
            DeleteOptions = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = "u-1" } },
        };

        var refused = await Should.ThrowAsync<HttpOperationException>(() => client.CoreV1.CreateNamespacedPodEvictionAsync(eviction, name: "p", namespaceParameter: "apps"));

        refused.Response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Response.Headers["Retry-After"].ShouldBe(["10"]);
        KubernetesJson.Deserialize<V1Status>(refused.Response.Content).Reason.ShouldBe("TooManyRequests");
        var request = api.Requests.Single();
        request.Line.ShouldBe("POST /api/v1/namespaces/apps/pods/p/eviction");
        JsonDocument.Parse(request.Body).RootElement.GetProperty("deleteOptions").GetProperty("preconditions").GetProperty("uid").GetString().ShouldBe("u-1");
    }

    [Fact]
    public async Task An_eviction_that_is_accepted_answers_a_Status()
    {
        await using var api = await ApiServer.StartAsync("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}""", status: 201);
        using var client = api.Client();

        await client.CoreV1.CreateNamespacedPodEvictionAsync(new V1Eviction(), name: "p", namespaceParameter: "apps");

        api.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"name":"n1","kind":"nodes"}}""", false)]
    [InlineData("""{"kind":"Node","apiVersion":"v1","metadata":{"name":"n1","finalizers":["x"]},"status":{"phase":"Pending"}}""", true)]
    public async Task A_deletion_answers_a_Status_or_the_object_that_waits_for_its_finalizers(string answer, bool isObject)
    {
        await using var api = await ApiServer.StartAsync(answer);
        using var client = api.Client();

        var status = await client.CoreV1.DeleteNodeAsync(name: "n1", propagationPolicy: "Background");

        status.HasObject.ShouldBe(isObject);
        (isObject ? status.ObjectView<V1Node>().Metadata.Name : status.Details.Name).ShouldBe("n1");
        api.Requests.Single().Line.ShouldBe("DELETE /api/v1/nodes/n1?propagationPolicy=Background");
    }

    [Theory]
    [InlineData("", "GET /api/v1/widgets")]
    [InlineData("example.org", "GET /apis/example.org/v1/widgets")]
    public async Task Custom_objects_reach_every_group_and_the_core_group(string group, string line)
    {
        await using var api = await ApiServer.StartAsync("""{"items": [{"size": 3}]}""");
        using var client = api.Client();

        var answer = (JsonElement)await client.CustomObjects.ListClusterCustomObjectAsync(group: group, version: "v1", plural: "widgets");

        api.Requests.Single().Line.ShouldBe(line);
        answer.GetProperty("items")[0].GetProperty("size").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task A_call_ends_at_the_clients_timeout()
    {
        await using var api = await ApiServer.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        using var client = api.Client();
        client.HttpClientTimeout = TimeSpan.FromMilliseconds(200);

        await Should.ThrowAsync<OperationCanceledException>(() => client.CoreV1.ListNodeAsync());
    }
}
