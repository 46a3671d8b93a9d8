namespace Fleet.Sandbox.Tests.Kubernetes;

[Collection(ClusterCollection.Name)]
public sealed class KubectlNodeTests(ClusterFixture cluster)
{
    private const string Namespace = ClusterFixture.Namespace;

    [Fact]
    public async Task Cordon_and_uncordon_show_in_the_status_column()
    {
        var node = await NodeAsync();
        (await cluster.Kubectl.RunAsync($"cordon {node}")).Succeeded().ShouldContain("cordoned");
        (await cluster.Kubectl.RunAsync($"get node {node}")).Succeeded().ShouldContain("Ready,SchedulingDisabled");
        (await cluster.Kubectl.RunAsync($"uncordon {node}")).Succeeded().ShouldContain("uncordoned");
        (await cluster.Kubectl.RunAsync($"get node {node}")).Succeeded().ShouldNotContain("SchedulingDisabled");
    }

    [Fact]
    public async Task Taints_labels_and_annotations_come_and_go()
    {
        var node = await NodeAsync();
        (await cluster.Kubectl.RunAsync($"taint node {node} fleet-test/mark=yes:PreferNoSchedule")).Succeeded().ShouldContain("tainted");
        (await cluster.Kubectl.RunAsync($"get node {node} -o jsonpath={{.spec.taints}}")).Succeeded().ShouldContain("fleet-test/mark");
        (await cluster.Kubectl.RunAsync($"taint node {node} fleet-test/mark-")).Succeeded().ShouldContain("untainted");
        (await cluster.Kubectl.RunAsync($"get node {node} -o jsonpath={{.spec.taints}}")).Succeeded().ShouldNotContain("fleet-test/mark");

        (await cluster.Kubectl.RunAsync($"label node {node} fleet-test/label=a")).Succeeded().ShouldContain("labeled");
        (await cluster.Kubectl.RunAsync("get nodes -l fleet-test/label=a -o name")).Succeeded().Trim().ShouldBe($"node/{node}");
        (await cluster.Kubectl.RunAsync($"label node {node} fleet-test/label-")).Succeeded();
        (await cluster.Kubectl.RunAsync($"annotate node {node} fleet-test/note=b")).Succeeded().ShouldContain("annotated");
        (await cluster.Kubectl.RunAsync($"annotate node {node} fleet-test/note-")).Succeeded();
    }

    [Fact]
    public async Task Drain_is_refused_by_the_budget_until_it_permits()
    {
        await cluster.DeployAsync("drained", 2);
        (await cluster.Kubectl.RunAsync($"apply -n {Namespace} -f -", ClusterFixture.Budget("drained", 2))).Succeeded();
        (await cluster.Kubectl.RunAsync($"wait -n {Namespace} pdb/drained --for=jsonpath={{.status.currentHealthy}}=2 --timeout=60s")).Succeeded();
        var node = (await cluster.Kubectl.RunAsync($"get pods -n {Namespace} -l app=drained -o jsonpath={{.items[0].spec.nodeName}}")).Succeeded();

        using var drain = cluster.Kubectl.Start($"drain {node} --ignore-daemonsets --delete-emptydir-data --pod-selector=app=drained --timeout=180s");
        string? line;
        do
        {
            line = await drain.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(90));
        }
        while (line is not null && !line.Contains("Cannot evict pod as it would violate the pod's disruption budget", StringComparison.Ordinal));

        line.ShouldNotBeNull("the budget refuses first");
        (await cluster.Kubectl.RunAsync($"scale -n {Namespace} deployment/drained --replicas=4")).Succeeded();
        await drain.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(180));
        drain.ExitCode.ShouldBe(0, await drain.StandardError.ReadToEndAsync());
        (await cluster.Kubectl.RunAsync($"get pods -n {Namespace} -l app=drained --field-selector=spec.nodeName={node} -o name")).Succeeded().ShouldBeEmpty();
        (await cluster.Kubectl.RunAsync($"uncordon {node}")).Succeeded();
    }

    private async Task<string> NodeAsync() => (await cluster.Kubectl.RunAsync("get nodes -o jsonpath={.items[0].metadata.name}")).Succeeded();
}
