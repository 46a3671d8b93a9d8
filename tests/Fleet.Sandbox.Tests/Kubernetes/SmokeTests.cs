using Fleet.Sandbox.Host;
using Fleet.Simulation;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Tests.Kubernetes;

public sealed class SmokeTests
{
    [Fact]
    public async Task Kubectl_lists_and_gets_nodes_and_pods_over_tls()
    {
        var world = new World(new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero), 1);
        world.Cluster.Nodes.Put(new Node { Meta = new ObjectMeta { Name = "ip-10-0-1-4.ec2.internal" }, ProviderId = "aws:///eu-west-1a/i-1", Allocatable = new Resources(4000, 16L << 30, 110), Ready = true });
        world.Cluster.Pods.Put(new Pod { Meta = new ObjectMeta { Namespace = "default", Name = "web-1" }, Template = new PodTemplate(), NodeName = "ip-10-0-1-4.ec2.internal", Phase = PodPhase.Running, Ready = true });
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = world });
        var kubectl = new Kubectl(host.KubeconfigPath, host.StateFolder);
        (await kubectl.RunAsync("get nodes,pods -A")).Succeeded().ShouldContain("web-1");
        (await kubectl.RunAsync("get node ip-10-0-1-4.ec2.internal -o jsonpath={.spec.providerID}")).Succeeded().ShouldBe("aws:///eu-west-1a/i-1");
        (await kubectl.RunAsync("describe node ip-10-0-1-4.ec2.internal")).Succeeded().ShouldContain("web-1");
        (await kubectl.RunAsync("describe pod web-1")).Succeeded().ShouldContain("web-1");
    }
}
