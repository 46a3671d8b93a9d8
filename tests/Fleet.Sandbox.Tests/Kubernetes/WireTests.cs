using System.Text.Json.Nodes;
using Fleet.Sandbox.Host;
using Fleet.Sandbox.Kubernetes;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Tests.Kubernetes;

public sealed class WireTests : IAsyncLifetime, IDisposable
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private readonly World _world = TestWorlds.Empty();
    private SandboxHost _host = null!;
    private WireClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await SandboxHost.StartAsync(new SandboxOptions { World = _world, ApiServer = new ApiServerOptions { BookmarkEvery = TimeSpan.FromMilliseconds(50) } });
        _client = new WireClient(_host);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _client?.Dispose();

    [Fact]
    public async Task Pages_show_the_list_as_it_was_when_it_began()
    {
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
        {
            await MakeAsync(name);
        }

        var first = (await _client.GetAsync(ConfigMaps + "?limit=2")).Body["metadata"]!;
        first["remainingItemCount"]!.GetValue<int>().ShouldBe(3);
        (await _client.SendAsync(HttpMethod.Delete, ConfigMaps + "/d")).Status.ShouldBe(200);
        await MakeAsync("bb");
        var second = (await _client.GetAsync($"{ConfigMaps}?limit=10&continue={Uri.EscapeDataString(first["continue"]!.GetValue<string>())}")).Body;
        second["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>()).ShouldBe(["c", "d", "e"]);
        second["metadata"]!["resourceVersion"]!.GetValue<string>().ShouldBe(first["resourceVersion"]!.GetValue<string>());
        second["metadata"]!["continue"].ShouldBeNull();
    }

    [Fact]
    public async Task A_continue_token_that_has_expired_is_answered_410()
    {
        await MakeAsync("a");
        await MakeAsync("b");
        var token = (await _client.GetAsync(ConfigMaps + "?limit=1")).Body["metadata"]!["continue"]!.GetValue<string>();
        _host.Compact();
        var (status, body, _) = await _client.GetAsync($"{ConfigMaps}?limit=1&continue={Uri.EscapeDataString(token)}");
        status.ShouldBe(410);
        body["reason"]!.GetValue<string>().ShouldBe("Expired");
    }

    [Fact]
    public async Task A_watch_resumes_after_the_version_it_names_and_gets_each_change_once()
    {
        await MakeAsync("before");
        var version = (await _client.GetAsync(ConfigMaps)).Body["metadata"]!["resourceVersion"]!.GetValue<string>();
        await MakeAsync("after");
        await _client.SendAsync(HttpMethod.Delete, ConfigMaps + "/before");
        var events = new List<string>();
        await foreach (var one in _client.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion={version}"))
        {
            events.Add($"{one["type"]} {one["object"]!["metadata"]!["name"]}");
            if (events.Count == 2)
            {
                break;
            }
        }

        events.ShouldBe(["ADDED after", "DELETED before"]);
    }

    [Fact]
    public async Task A_quiet_watch_gets_bookmarks_that_carry_the_version_only()
    {
        await MakeAsync("noise");
        await foreach (var one in _client.WatchAsync("/api/v1/nodes?watch=true&allowWatchBookmarks=true&resourceVersion=0"))
        {
            one["type"]!.GetValue<string>().ShouldBe("BOOKMARK");
            long.Parse(one["object"]!["metadata"]!["resourceVersion"]!.GetValue<string>()).ShouldBe(_world.Cluster.Version);
            one["object"]!["spec"].ShouldBeNull();
            break;
        }
    }

    [Fact]
    public async Task A_watch_from_a_version_that_is_too_old_ends_with_an_error_event_of_410()
    {
        var version = (await _client.GetAsync(ConfigMaps)).Body["metadata"]!["resourceVersion"]!.GetValue<string>();
        await MakeAsync("a");
        _host.Compact();
        var events = new List<JsonNode>();
        await foreach (var one in _client.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion={version}"))
        {
            events.Add(one);
        }

        events.ShouldHaveSingleItem()["type"]!.GetValue<string>().ShouldBe("ERROR");
        events[0]["object"]!["code"]!.GetValue<int>().ShouldBe(410);
        events[0]["object"]!["reason"]!.GetValue<string>().ShouldBe("Expired");
    }

    [Fact]
    public async Task A_watch_ends_after_its_timeoutSeconds()
    {
        await foreach (var one in _client.WatchAsync("/api/v1/nodes?watch=true&resourceVersion=0&timeoutSeconds=1"))
        {
            one.ShouldBeNull("no node comes or goes");
        }
    }

    [Fact]
    public async Task An_update_of_an_old_version_is_a_conflict_and_changes_nothing()
    {
        var made = await MakeAsync("a");
        (await _client.SendAsync(HttpMethod.Patch, ConfigMaps + "/a", """{"data":{"k":"new"}}""", "application/merge-patch+json")).Status.ShouldBe(200);
        made["data"] = new JsonObject { ["k"] = "old" };
        var (status, body, _) = await _client.SendAsync(HttpMethod.Put, ConfigMaps + "/a", made.ToJsonString());
        status.ShouldBe(409);
        body["reason"]!.GetValue<string>().ShouldBe("Conflict");
        (await _client.GetAsync(ConfigMaps + "/a")).Body["data"]!["k"]!.GetValue<string>().ShouldBe("new");
    }

    [Theory]
    [InlineData("2025-06-01T00:00:00.000000Z", 201)]
    [InlineData("2025-06-01T00:00:00.123Z", 400)]
    [InlineData("2025-06-01T00:00:00Z", 400)]
    public async Task A_MicroTime_wants_exactly_six_fraction_digits(string time, int answer)
    {
        var lease = $$$"""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"l"},"spec":{"holderIdentity":"me","renewTime":"{{{time}}}"}}""";
        var (status, body, _) = await _client.SendAsync(HttpMethod.Post, "/apis/coordination.k8s.io/v1/namespaces/default/leases", lease);
        status.ShouldBe(answer);
        if (answer == 201)
        {
            body["spec"]!["renewTime"]!.GetValue<string>().ShouldBe(time);
        }
    }

    [Fact]
    public async Task Unknown_fields_are_warned_of_and_dropped_or_refused_when_strict()
    {
        const string Budget = """{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"b"},"spec":{"minAvailable":1,"minAvailible":2,"selector":{}}}""";
        const string Path = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
        var strict = await _client.SendAsync(HttpMethod.Post, Path + "?fieldValidation=Strict", Budget);
        strict.Status.ShouldBe(400);
        strict.Body["message"]!.GetValue<string>().ShouldContain("strict decoding error: unknown field \"spec.minAvailible\"");
        var warned = await _client.SendAsync(HttpMethod.Post, Path, Budget);
        warned.Status.ShouldBe(201);
        warned.Answer.Headers.GetValues("Warning").ShouldHaveSingleItem().ShouldContain("unknown field");
        warned.Body["spec"]!["minAvailible"].ShouldBeNull();
    }

    [Fact]
    public async Task Everything_wrong_with_an_object_is_told_at_once()
    {
        const string Budget = """{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"b"},"spec":{"minAvailable":"half","maxUnavailable":"none","selector":{}}}""";
        var (status, body, _) = await _client.SendAsync(HttpMethod.Post, "/apis/policy/v1/namespaces/default/poddisruptionbudgets", Budget);
        status.ShouldBe(422);
        body["details"]!["causes"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(1);
        _world.Cluster.Budgets.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_body_in_protobuf_that_cannot_be_read_is_refused_with_the_media_type_that_is_accepted()
    {
        var (status, body, _) = await _client.SendAsync(HttpMethod.Post, ConfigMaps, "k8s", "application/vnd.kubernetes.protobuf");
        status.ShouldBe(415);
        body["message"]!.GetValue<string>().ShouldContain("application/json");
    }

    [Fact]
    public async Task A_dry_run_judges_and_changes_nothing()
    {
        (await _client.SendAsync(HttpMethod.Post, ConfigMaps + "?dryRun=All", Map("a"))).Status.ShouldBe(201);
        (await _client.GetAsync(ConfigMaps + "/a")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_json_patch_whose_test_fails_changes_nothing()
    {
        await MakeAsync("a");
        const string Patch = """[{"op":"replace","path":"/data/k","value":"x"},{"op":"test","path":"/data/k","value":"y"}]""";
        (await _client.SendAsync(HttpMethod.Patch, ConfigMaps + "/a", Patch, "application/json-patch+json")).Status.ShouldBe(422);
        (await _client.GetAsync(ConfigMaps + "/a")).Body["data"]!["k"]!.GetValue<string>().ShouldBe("v");
    }

    [Fact]
    public async Task Taints_are_one_atomic_list_and_unmodelled_fields_of_a_node_survive()
    {
        const string Node = """{"apiVersion":"v1","kind":"Node","metadata":{"name":"n"},"spec":{"podCIDR":"10.0.0.0/24","taints":[{"key":"a","effect":"NoSchedule"}]}}""";
        (await _client.SendAsync(HttpMethod.Post, "/api/v1/nodes", Node)).Status.ShouldBe(201);
        const string Patch = """{"spec":{"taints":[{"key":"b","effect":"NoSchedule"}]}}""";
        var (status, body, _) = await _client.SendAsync(HttpMethod.Patch, "/api/v1/nodes/n", Patch, "application/strategic-merge-patch+json");
        status.ShouldBe(200);
        body["spec"]!["taints"]!.AsArray().Select(taint => taint!["key"]!.GetValue<string>()).ShouldContain("b");
        body["spec"]!["taints"]!.AsArray().Select(taint => taint!["key"]!.GetValue<string>()).ShouldNotContain("a");
        body["spec"]!["podCIDR"]!.GetValue<string>().ShouldBe("10.0.0.0/24");
    }

    [Fact]
    public async Task Planned_faults_come_as_the_server_would_word_them()
    {
        lock (_world.Gate)
        {
            _world.Faults.Deny("list nodes");
            _world.Faults.Next("list pods", WorldFaultKind.Throttled);
            _world.Faults.Next("list events", WorldFaultKind.ServerError);
            _world.Faults.Next("create configmaps", WorldFaultKind.TimeoutAfterSuccess);
        }

        var denied = await _client.GetAsync("/api/v1/nodes");
        denied.Status.ShouldBe(403);
        denied.Body["message"]!.GetValue<string>().ShouldBe("nodes is forbidden: User \"fleet\" cannot list resource \"nodes\" in API group \"\" at the cluster scope");
        var throttled = await _client.GetAsync("/api/v1/pods");
        throttled.Status.ShouldBe(429);
        throttled.Answer.Headers.RetryAfter!.ToString().ShouldBe("1");
        throttled.Body["details"]!["causes"].ShouldBeNull();
        (await _client.GetAsync("/api/v1/events")).Status.ShouldBe(503);
        await Should.ThrowAsync<HttpRequestException>(() => MakeAsync("applied"));
        (await _client.GetAsync(ConfigMaps + "/applied")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Access_reviews_tell_what_the_world_denies()
    {
        lock (_world.Gate)
        {
            _world.Faults.Deny("create pods/eviction");
        }

        async Task<bool> AllowedAsync(string subresource) => (await _client.SendAsync(HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            $$$"""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"create","resource":"pods","subresource":"{{{subresource}}}"} }}"""))
            .Body["status"]!["allowed"]!.GetValue<bool>();
        (await AllowedAsync("eviction")).ShouldBeFalse();
        (await AllowedAsync("status")).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_a_known_token_nothing_is_served()
    {
        using var stranger = new WireClient(_host, "nobody");
        (await stranger.GetAsync("/api/v1/nodes")).Status.ShouldBe(401);
        _world.Log.Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task Selectors_on_labels_and_fields_choose_and_an_unsupported_field_is_refused()
    {
        lock (_world.Gate)
        {
            foreach (var (name, node) in (ReadOnlySpan<(string, string)>)[("p1", "n1"), ("p2", "n2")])
            {
                _world.Cluster.Pods.Put(new Pod { Meta = new ObjectMeta { Namespace = "default", Name = name, Labels = ObjectMeta.NoLabels.Add("app", name) }, Template = new PodTemplate(), NodeName = node, Phase = PodPhase.Running });
            }
        }

        async Task<string> NamesAsync(string query) => string.Join(',', (await _client.GetAsync("/api/v1/pods?" + query)).Body["items"]!.AsArray().Select(pod => pod!["metadata"]!["name"]));
        (await NamesAsync("fieldSelector=spec.nodeName%3Dn1")).ShouldBe("p1");
        (await NamesAsync("fieldSelector=status.phase!%3DFailed")).ShouldBe("p1,p2");
        (await NamesAsync("labelSelector=app+in+(p2,p3)")).ShouldBe("p2");
        (await NamesAsync("labelSelector=app,app!%3Dp1")).ShouldBe("p2");
        (await _client.GetAsync("/api/v1/pods?fieldSelector=spec.hostNetwork%3Dtrue")).Status.ShouldBe(400);
    }

    private static string Map(string name) => $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"},"data":{"k":"v"}}""";

    private async Task<JsonObject> MakeAsync(string name)
    {
        var (status, body, _) = await _client.SendAsync(HttpMethod.Post, ConfigMaps, Map(name));
        status.ShouldBe(201);
        return body.AsObject();
    }
}
