using System.Text.Json.Nodes;

namespace Fleet.Sandbox.Tests.Kubernetes;

[Collection(ClusterCollection.Name)]
public sealed class KubectlReadTests(ClusterFixture cluster)
{
    private const string Namespace = ClusterFixture.Namespace;

    [Fact]
    public async Task Get_prints_nodes_pods_and_budgets_of_all_namespaces_in_the_servers_columns()
    {
        await cluster.DeployAsync("columns", 1);
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} -f -", ClusterFixture.Budget("columns", 1))).Succeeded();

        (await cluster.Kubectl.RunAsync("get nodes")).Succeeded().Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["NAME", "STATUS", "ROLES", "AGE", "VERSION"]);
        var pods = (await cluster.Kubectl.RunAsync("get pods -A")).Succeeded();
        pods.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE"]);
        pods.ShouldContain("columns-");
        var budgets = (await cluster.Kubectl.RunAsync("get pdb -A")).Succeeded();
        budgets.ShouldContain("ALLOWED DISRUPTIONS");
        budgets.ShouldContain("columns");
        (await cluster.Kubectl.RunAsync($"get pods -n {Namespace} -o wide")).Succeeded().ShouldContain("NODE");
    }

    [Fact]
    public async Task Get_gives_json_and_yaml_with_what_the_client_wrote()
    {
        await cluster.DeployAsync("forms", 1);
        var json = JsonNode.Parse((await cluster.Kubectl.RunAsync($"get deployment forms -n {Namespace} -o json")).Succeeded())!;
        json["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"]!.GetValue<string>().ShouldBe("test");
        json["kind"]!.GetValue<string>().ShouldBe("Deployment");
        (await cluster.Kubectl.RunAsync($"get pods -n {Namespace} -l app=forms -o yaml")).Succeeded().ShouldContain("phase: Running");
    }

    [Fact]
    public async Task Describe_tells_of_nodes_pods_and_budgets()
    {
        await cluster.DeployAsync("told", 1);
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} -f -", ClusterFixture.Budget("told", 1))).Succeeded();
        var node = (await cluster.Kubectl.RunAsync($"get pods -n {Namespace} -l app=told -o jsonpath={{.items[0].spec.nodeName}}")).Succeeded();

        var described = (await cluster.Kubectl.RunAsync($"describe node {node}")).Succeeded();
        described.ShouldContain("told-");
        described.ShouldContain("KubeletReady");
        described.ShouldContain("ProviderID:");
        var pod = (await cluster.Kubectl.RunAsync($"describe pods -n {Namespace} -l app=told")).Succeeded();
        pod.ShouldContain("Controlled By:  ReplicaSet/told-");
        pod.ShouldContain("Scheduled");
        (await cluster.Kubectl.RunAsync($"describe pdb told -n {Namespace}")).Succeeded().ShouldContain("Allowed disruptions:  0");
    }

    [Fact]
    public async Task Get_watch_shows_a_pod_that_comes_later()
    {
        await cluster.DeployAsync("watched", 1);
        using var watch = cluster.Kubectl.Start($"get pods -n {Namespace} -l app=watched --watch -o name");
        var first = await watch.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        (await cluster.Kubectl.RunAsync($"scale -n {Namespace} deployment/watched --replicas=2")).Succeeded();
        string? line;
        do
        {
            line = await watch.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        while (line == first);

        watch.Kill();
        line.ShouldNotBeNull().ShouldStartWith("pod/watched-");
    }
}
