using System.Text.Json.Nodes;
using Fleet.Sandbox.Host;
using Fleet.Simulation.Worlds;

namespace Fleet.Sandbox.Tests.Kubernetes;

/// <summary>The real kubectl sees the API servers as Fleet's check of versions does: one answers, each is a static pod.</summary>
public sealed class KubectlVersionTests : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("fleet-kubectl-").FullName;
    private SandboxHost _sandbox = null!;
    private Kubectl _kubectl = null!;

    public async Task InitializeAsync()
    {
        var world = WorldBuilder.Build(new WorldSpec { Name = "servers", ApiServers = ["v1.34.1", "v1.33.6"] }, 1, TimeProvider.System.GetUtcNow());
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { World = world });
        _kubectl = new Kubectl(_sandbox.KubeconfigPath, _home);
    }

    public async Task DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public async Task Version_is_that_of_the_server_that_answers()
    {
        var server = JsonNode.Parse((await _kubectl.RunAsync("version -o json")).Succeeded())!["serverVersion"]!;

        ((string)server["gitVersion"]!, (string)server["major"]!, (string)server["minor"]!).ShouldBe(("v1.34.1", "1", "34"));
    }

    [Fact]
    public async Task Each_server_is_a_pod_with_its_version_in_the_image()
    {
        var images = (await _kubectl.RunAsync("get pods -n kube-system -l component=kube-apiserver -o jsonpath={.items[*].spec.containers[0].image}")).Succeeded();

        images.Split(' ').ShouldBe(["registry.k8s.io/kube-apiserver:v1.34.1", "registry.k8s.io/kube-apiserver:v1.33.6"]);
    }
}
