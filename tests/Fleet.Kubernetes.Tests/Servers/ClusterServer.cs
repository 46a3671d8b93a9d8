using Fleet.Contracts;
using Fleet.Sandbox.Host;
using Fleet.Sandbox.Tests.Kubernetes;

namespace Fleet.Kubernetes.Tests.Servers;

/// <summary>
/// The API server that FLEET_TEST_KUBECONFIG names, else a sandbox. The suites work in a namespace of their own, which is made and removed by kubectl, take leases under a prefix of their own, and put back
/// what they change on a node.
/// </summary>
public sealed class ClusterServer : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("fleet-kubectl-").FullName;
    private SandboxHost? _sandbox;
    private Kubectl _kubectl = null!;

    public string Kubeconfig { get; private set; } = "";

    /// <summary>Name of the namespace, and prefix of the leases.</summary>
    public string Name { get; } = $"fleet-test-{Guid.NewGuid():n}"[..24];

    public async Task InitializeAsync()
    {
        Kubeconfig = Environment.GetEnvironmentVariable("FLEET_TEST_KUBECONFIG") ?? "";
        if (Kubeconfig.Length == 0)
        {
            _sandbox = await SandboxHost.StartAsync(new SandboxOptions { World = StageWorld.Build(), Speed = 30 });
            Kubeconfig = _sandbox.KubeconfigPath;
        }

        _kubectl = new Kubectl(Kubeconfig, _home);
        (await _kubectl.RunAsync("apply -f -", $"{{apiVersion: v1, kind: Namespace, metadata: {{name: {Name}, labels: {{fleet-test: \"true\"}}}}}}")).Succeeded();
        (await _kubectl.RunAsync($"apply -n {Name} -f -", string.Join("---\n", Objects()))).Succeeded();
    }

    public async Task DisposeAsync()
    {
        await _kubectl.RunAsync($"delete namespace {Name} --wait=false");
        await _kubectl.RunAsync($"delete lease -n kube-system fleet-{Name}-workers fleet-{Name}-databases --ignore-not-found");
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }

        Directory.Delete(_home, recursive: true);
    }

    private static IEnumerable<string> Objects() =>
    [
        Deployment("web", 3), Budget("web", "web", "minAvailable: 2"),
        Deployment("solid", 1), Budget("solid", "solid", "minAvailable: 1"),
        Deployment("api", 2, Apart), Budget("api-one", "api", "maxUnavailable: 1"), Budget("api-two", "api", "minAvailable: 50%"),
        Deployment("free", 2),
    ];

    /// <summary>An emptyDir, and anti-affinity to a label that no pod bears: it shows in the view and needs no second node.</summary>
    private const string Apart = """

              volumes: [{name: scratch, emptyDir: {}}]
              affinity:
                podAntiAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                  - {labelSelector: {matchLabels: {app: nobody}}, topologyKey: kubernetes.io/hostname}
        """;

    private static string Deployment(string name, int replicas, string more = "") => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{{name}}}, labels: {fleet-test: "true"}}
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {app: {{{name}}} }}
          template:
            metadata: {labels: {app: {{{name}}}, fleet-test: "true"}}
            spec:
              terminationGracePeriodSeconds: 5{{{more}}}
              containers:
              - {name: main, image: "registry.k8s.io/pause:3.10", resources: {requests: {cpu: 100m, memory: 64Mi} } }

        """;

    private static string Budget(string name, string app, string limit) => $$$"""
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: {{{name}}}, labels: {fleet-test: "true"}}
        spec:
          {{{limit}}}
          selector: {matchLabels: {app: {{{app}}} }}

        """;
}
