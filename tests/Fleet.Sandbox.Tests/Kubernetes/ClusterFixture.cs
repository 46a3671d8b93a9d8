using Fleet.Sandbox.Host;

namespace Fleet.Sandbox.Tests.Kubernetes;

/// <summary>
/// A cluster for the real kubectl: the one that FLEET_TEST_KUBECONFIG names, else a sandbox. The tests work in a namespace of their own, which they make, label and remove,
/// and put back what they change on a node.
/// </summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("fleet-kubectl-").FullName;
    private SandboxHost? _sandbox;

    public const string Namespace = "fleet-test";

    public Kubectl Kubectl { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var kubeconfig = Environment.GetEnvironmentVariable("FLEET_TEST_KUBECONFIG");
        if (string.IsNullOrEmpty(kubeconfig))
        {
            _sandbox = await SandboxHost.StartAsync(new SandboxOptions { World = TestWorlds.ThreeNodes(), Speed = 30 });
            kubeconfig = _sandbox.KubeconfigPath;
        }

        Kubectl = new Kubectl(kubeconfig, _home);
        (await Kubectl.RunAsync("apply -f -", $"{{apiVersion: v1, kind: Namespace, metadata: {{name: {Namespace}, labels: {{fleet-test: \"true\"}}}}}}")).Succeeded();
    }

    public async Task DisposeAsync()
    {
        await Kubectl.RunAsync($"delete namespace {Namespace} --wait=false");
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }

        Directory.Delete(_home, recursive: true);
    }

    /// <summary>Applies a Deployment of so many pods, and waits until they are there.</summary>
    public async Task DeployAsync(string name, int replicas)
    {
        (await Kubectl.RunAsync($"apply -n {Namespace} -f -", Deployment(name, replicas))).Succeeded();
        (await Kubectl.RunAsync($"rollout status -n {Namespace} deployment/{name} --timeout=120s")).Succeeded();
    }

    public static string Deployment(string name, int replicas, string extra = "") => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{{name}}}
          labels: {fleet-test: "true"}
        spec:
          replicas: {{{replicas}}}
          {{{extra}}}
          selector: {matchLabels: {app: {{{name}}} }}
          template:
            metadata:
              labels: {app: {{{name}}}, fleet-test: "true"}
            spec:
              terminationGracePeriodSeconds: 5
              containers:
              - name: main
                image: registry.k8s.io/pause:3.10
                env: [{name: MODE, value: test}]
                resources: {requests: {cpu: 10m, memory: 16Mi}}
        """;

    public static string Budget(string name, int minAvailable) => $$$"""
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: {{{name}}}
          labels: {fleet-test: "true"}
        spec:
          minAvailable: {{{minAvailable}}}
          selector: {matchLabels: {app: {{{name}}} }}
        """;
}
