using System.Text.Json.Nodes;
using Fleet.Contracts;
using Fleet.Infra.Tests.Tools;
using Fleet.Sandbox.Host;

namespace Fleet.Infra.Tests.Chart;

/// <summary>A sandbox's cluster that the chart was applied to with kubectl.</summary>
internal sealed class ChartSite : IAsyncDisposable
{
    private readonly SandboxHost _host;
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("fleet-chart-");

    private ChartSite(SandboxHost host) => _host = host;

    public Simulation.World World => _host.World;

    public static async Task<ChartSite> ApplyAsync(params string[] settings)
    {
        var site = new ChartSite(await SandboxHost.StartAsync(new SandboxOptions { World = StageWorld.Build() }));
        var manifests = Path.Combine(site._home.FullName, "manifests.yaml");
        await File.WriteAllTextAsync(manifests, $"apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {FleetChart.Namespace}\n" + await FleetChart.RenderAsync(settings));
        await site.KubectlAsync("apply", "-f", manifests);
        return site;
    }

    public async Task<JsonNode> GetAsync(string resource, string name, string space = FleetChart.Namespace) => JsonNode.Parse(await KubectlAsync("get", resource, name, "-n", space, "-o", "json"))!;

    public Task<string> KubectlAsync(params string[] arguments) =>
        Tool.RunAsync("kubectl", _home.FullName, arguments, new Dictionary<string, string> { ["KUBECONFIG"] = _host.KubeconfigPath, ["HOME"] = _home.FullName });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _home.Delete(recursive: true);
    }
}
