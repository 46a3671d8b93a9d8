using System.Text.Json.Nodes;

namespace Fleet.Sandbox.Tests.Kubernetes;

[Collection(ClusterCollection.Name)]
public sealed class KubectlWriteTests(ClusterFixture cluster)
{
    private const string Namespace = ClusterFixture.Namespace;

    [Fact]
    public async Task Apply_creates_configures_and_knows_when_nothing_changed()
    {
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} -f -", ClusterFixture.Deployment("applied", 1))).Succeeded().ShouldContain("created");
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} -f -", ClusterFixture.Deployment("applied", 1))).Succeeded().ShouldContain("unchanged");
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} -f -", ClusterFixture.Deployment("applied", 2))).Succeeded().ShouldContain("configured");
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} -f -", ClusterFixture.Budget("applied", 1))).Succeeded().ShouldContain("created");
        (await cluster.Kubectl.RunAsync($"delete -n {Namespace} pdb/applied deployment/applied")).Succeeded().ShouldContain("deployment.apps \"applied\" deleted");
        (await cluster.Kubectl.RunAsync($"get -n {Namespace} deployment/applied")).Error.ShouldContain("NotFound");
    }

    [Fact]
    public async Task Create_sends_protobuf_and_every_field_arrives()
    {
        // For these kinds kubectl's create sends protobuf where apply sends JSON; what it would send is printed by a dry run.
        (await cluster.Kubectl.RunAsync("create namespace fleet-test-created")).Succeeded().ShouldContain("namespace/fleet-test-created created");
        (await cluster.Kubectl.RunAsync("label namespace fleet-test-created fleet-test=true")).Succeeded();
        await CreatesAsync("deployment made --image=registry.k8s.io/pause:3.10 --replicas=0 --port=8080", "deployment/made");
        await CreatesAsync("pdb made --selector=app=made,tier --max-unavailable=25%", "pdb/made");
        await CreatesAsync("pdb made-too --selector=app=made-too --min-available=2", "pdb/made-too");
        await CreatesAsync("configmap made --from-literal=key=grün", "configmap/made");
        await CreatesAsync("job made --image=registry.k8s.io/pause:3.10 -- sleep 0", "job/made");
        (await cluster.Kubectl.RunAsync("delete namespace fleet-test-created --wait=false")).Succeeded();

        async Task CreatesAsync(string what, string name)
        {
            var sent = JsonNode.Parse((await cluster.Kubectl.RunAsync($"create {what.Insert(what.IndexOf(" --", StringComparison.Ordinal), " -n fleet-test-created --dry-run=client -o json")}")).Succeeded())!.AsObject();
            (await cluster.Kubectl.RunAsync($"create -n fleet-test-created {what}")).Succeeded();
            var stored = JsonNode.Parse((await cluster.Kubectl.RunAsync($"get -n fleet-test-created {name} -o json")).Succeeded());
            Missing(sent["metadata"]!["labels"], stored!["metadata"]!["labels"], name).Concat(Missing(sent["spec"], stored["spec"], name)).Concat(Missing(sent["data"], stored["data"], name)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Auth_asks_what_the_caller_may_do()
    {
        (await cluster.Kubectl.RunAsync("auth can-i create pods/eviction -n default")).Succeeded().ShouldContain("yes");
        (await cluster.Kubectl.RunAsync("auth can-i --list")).Succeeded().ShouldContain("*.*");
        (await cluster.Kubectl.RunAsync("auth whoami")).Succeeded().ShouldContain("system:authenticated");
    }

    /// <summary>What was sent and is not stored as it was; empty objects and nulls say nothing.</summary>
    private static IEnumerable<string> Missing(JsonNode? sent, JsonNode? stored, string path) => sent switch
    {
        null => [],
        JsonObject fields => fields.SelectMany(field => Missing(field.Value, (stored as JsonObject)?[field.Key], $"{path}.{field.Key}")),
        JsonArray list => list.SelectMany((item, index) => Missing(item, (stored as JsonArray)?.ElementAtOrDefault(index), $"{path}[{index}]")),
        _ => JsonNode.DeepEquals(sent, stored) ? [] : [$"{path} is {stored?.ToJsonString() ?? "missing"}, sent was {sent.ToJsonString()}"],
    };

    [Fact]
    public async Task Apply_refuses_a_field_that_the_kind_does_not_have()
    {
        var refused = await cluster.Kubectl.RunAsync($"apply -n {Namespace} -f -", ClusterFixture.Deployment("misspelt", 1, "replicaz: 2"));
        refused.ExitCode.ShouldNotBe(0);
        refused.Error.ShouldContain("unknown field \"spec.replicaz\"");
        (await cluster.Kubectl.RunAsync($"get -n {Namespace} deployment/misspelt")).Error.ShouldContain("NotFound");
    }

    [Fact]
    public async Task Server_side_apply_owns_its_fields_and_meets_a_conflict()
    {
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} --server-side --field-manager=one -f -", ClusterFixture.Deployment("owned", 1))).Succeeded().ShouldContain("serverside-applied");
        var conflict = await cluster.Kubectl.RunAsync($"apply -n {Namespace} --server-side --field-manager=two -f -", ClusterFixture.Deployment("owned", 2));
        conflict.ExitCode.ShouldNotBe(0);
        conflict.Error.ShouldContain("conflict with \"one\": .spec.replicas");
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} --server-side --field-manager=two --force-conflicts -f -", ClusterFixture.Deployment("owned", 2))).Succeeded();
        (await cluster.Kubectl.RunAsync($"get -n {Namespace} deployment/owned -o jsonpath={{.spec.replicas}}")).Succeeded().ShouldBe("2");
    }

    [Fact]
    public async Task Scale_and_wait_follow_the_pods()
    {
        await cluster.DeployAsync("scaled", 1);
        (await cluster.Kubectl.RunAsync($"scale -n {Namespace} deployment/scaled --replicas=3")).Succeeded();
        (await cluster.Kubectl.RunAsync($"wait -n {Namespace} deployment/scaled --for=jsonpath={{.status.readyReplicas}}=3 --timeout=120s")).Succeeded();
        (await cluster.Kubectl.RunAsync($"wait -n {Namespace} pods -l app=scaled --for=condition=Ready --timeout=120s")).Succeeded();
        (await cluster.Kubectl.RunAsync($"scale -n {Namespace} deployment/scaled --replicas=0")).Succeeded();
        (await cluster.Kubectl.RunAsync($"wait -n {Namespace} pods -l app=scaled --for=delete --timeout=120s")).Succeeded();
    }

    [Theory]
    [InlineData("json", "[{\"op\":\"add\",\"path\":\"/metadata/annotations/kind\",\"value\":\"json\"}]")]
    [InlineData("merge", "{\"metadata\":{\"annotations\":{\"kind\":\"merge\"}}}")]
    [InlineData("strategic", "{\"metadata\":{\"annotations\":{\"kind\":\"strategic\"}}}")]
    public async Task Patch_works_in_all_three_types(string type, string patch)
    {
        var name = $"patched-{type}";
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} -f -", ClusterFixture.Deployment(name, 0))).Succeeded();
        (await cluster.Kubectl.RunAsync($"patch -n {Namespace} deployment/{name} --type={type} -p \"{patch.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")).Succeeded();
        (await cluster.Kubectl.RunAsync($"get -n {Namespace} deployment/{name} -o jsonpath={{.metadata.annotations.kind}}")).Succeeded().ShouldBe(type);
    }

    [Fact]
    public async Task A_strategic_patch_joins_containers_by_name_and_keeps_the_rest()
    {
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} -f -", ClusterFixture.Deployment("joined", 0))).Succeeded();
        (await cluster.Kubectl.RunAsync($"set image -n {Namespace} deployment/joined main=registry.k8s.io/pause:3.9")).Succeeded();
        (await cluster.Kubectl.RunAsync($"get -n {Namespace} deployment/joined -o jsonpath={{.spec.template.spec.containers[*].image}}/{{.spec.template.spec.containers[0].env[0].value}}"))
            .Succeeded().ShouldBe("registry.k8s.io/pause:3.9/test");
    }
}
