using System.Globalization;
using System.Text;

namespace Fleet.Benchmarks.Load;

/// <summary>A cluster of many pools of equal size, ten pods a node in Deployments of a hundred with a budget of 10 %.</summary>
/// <param name="Pools">Pools, each with a group of its own.</param>
/// <param name="Nodes">Nodes of a pool.</param>
internal sealed record LoadWorld(int Pools, int Nodes)
{
    public const string Cluster = "load";
    public const string NewImage = "ami-0bbbbbbbbbbbbbbb2";
    private const int PodsPerNode = 10;
    private const int PodsPerDeployment = 100;

    /// <summary>Names of the pools, which are the names of their groups.</summary>
    public IEnumerable<string> Names => Enumerable.Range(0, Pools).Select(index => string.Create(CultureInfo.InvariantCulture, $"pool-{index:00}"));

    /// <summary>The world file.</summary>
    public string Yaml()
    {
        var yaml = new StringBuilder($$"""
            apiVersion: fleet/v1
            kind: World
            metadata: {name: {{Cluster}}}
            spec:
              instanceTypes:
                - {name: m5.xlarge, cpu: 4, memory: 16Gi, pods: 58}
              images:
                - {id: ami-0aaaaaaaaaaaaaaa1}
                - {id: {{NewImage}}, age: 1d}
              templates:
                - {name: workers, image: ami-0aaaaaaaaaaaaaaa1, instanceType: m5.xlarge}
              groups:

            """);
        foreach (var pool in Names)
        {
            yaml.AppendLine(CultureInfo.InvariantCulture, $"    - {{name: {pool}, template: workers, desired: {Nodes}, max: {Nodes}, nodeLabels: {{pool: {pool}}}}}");
        }

        yaml.AppendLine("  workloads:");
        foreach (var (pool, name) in Deployments())
        {
            yaml.AppendLine(CultureInfo.InvariantCulture, $"    - {{kind: Deployment, name: {name}, replicas: {PodsPerDeployment}, cpu: 200m, memory: 512Mi, nodeSelector: {{pool: {pool}}}}}");
        }

        yaml.AppendLine("  budgets:");
        foreach (var (_, name) in Deployments())
        {
            yaml.AppendLine(CultureInfo.InvariantCulture, $"    - {{name: {name}, workload: {name}, maxUnavailable: 10%}}");
        }

        return yaml.ToString();
    }

    private IEnumerable<(string Pool, string Name)> Deployments() =>
        Names.SelectMany(pool => Enumerable.Range(0, Math.Max(1, Nodes * PodsPerNode / PodsPerDeployment)).Select(index => (pool, string.Create(CultureInfo.InvariantCulture, $"{pool}-app-{index}"))));
}
