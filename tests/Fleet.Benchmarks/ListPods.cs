using System.Diagnostics;
using System.Text.Json;
using Fleet.Kubernetes;
using Fleet.Sandbox.Host;
using Fleet.Simulation.Cluster.Api;
using k8s;

namespace Fleet.Benchmarks;

/// <summary>
/// Lists pods through the sandbox, watches a change of each, and fills the view that a rotation looks at. Each is told as a ratio to reading the same bytes as bare JSON in the same process, which no client can beat:
/// the ratio can be compared between machines, the time cannot.
/// </summary>
internal static class ListPods
{
    private const int PageSize = 500;
    private const int Rounds = 10;
    private const int WarmUps = 40;

    public static async Task<int> RunAsync(int pods, int seed, TextWriter output)
    {
        var world = ScenarioB.Build(pods / ScenarioB.PodsPerNode, seed);
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = world }).ConfigureAwait(false);
        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath: host.KubeconfigPath);
        var recorder = new BodyRecorder();
        using (var recording = new k8s.Kubernetes(configuration, recorder))
        {
            await ListAsync(recording).ConfigureAwait(false);
        }

        using var client = new k8s.Kubernetes(configuration);
        var bytes = recorder.Bodies.Sum(body => body.Length);
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            recorder.Bodies.ForEach(body => Parse(body));
        }

        output.WriteLine($"list-pods: {pods} pods in pages of {PageSize}, {bytes / 1e6:0.0} MB, the least of {Rounds} rounds in turn with bare JSON of the same bytes");
        async Task TellAsync(string what, Func<Task<int>> work)
        {
            var (time, bare) = await LeastAsync(work, () => recorder.Bodies.Sum(Parse)).ConfigureAwait(false);
            output.WriteLine($"  {what,-32} {time.TotalMilliseconds,8:0} ms  {pods / time.TotalSeconds,10:0} pods a second  ratio {time / bare,6:0.0} to {bare.TotalMilliseconds:0} ms");
        }

        await TellAsync("list by the client", async () => (await ListAsync(client).ConfigureAwait(false)).Count).ConfigureAwait(false);
        await TellAsync("watch a change of each pod", () => WatchAsync(host, client, pods)).ConfigureAwait(false);
        await TellAsync("first view of the whole cluster", () => ViewAsync(host, seed)).ConfigureAwait(false);
        using var process = Process.GetCurrentProcess();
        output.WriteLine($"  peak memory {process.PeakWorkingSet64 >> 20} MiB, the sandbox in the same process included");
        return 0;
    }

    /// <summary>Both in turn, so that what else the machine does hits both; the first round compiles.</summary>
    private static async Task<(TimeSpan Work, TimeSpan Bare)> LeastAsync(Func<Task<int>> work, Func<int> bare)
    {
        var least = (Work: TimeSpan.MaxValue, Bare: TimeSpan.MaxValue);
        for (var round = 0; round <= Rounds; round++)
        {
            var stopwatch = Stopwatch.StartNew();
            bare();
            var bound = stopwatch.Elapsed;
            stopwatch.Restart();
            await work().ConfigureAwait(false);
            var time = stopwatch.Elapsed;
            least = round == 0 ? least : (time < least.Work ? time : least.Work, bound < least.Bare ? bound : least.Bare);
        }

        return least;
    }

    private static async Task<int> ViewAsync(SandboxHost host, int seed)
    {
        var cluster = KubernetesCluster.Connect(host.KubeconfigPath, null, TimeProvider.System, TimeProvider.System, new Random(seed));
        await using (cluster.ConfigureAwait(false))
        {
            return (await cluster.Watch.ViewAsync(CancellationToken.None).ConfigureAwait(false)).Pods.Count;
        }
    }

    private static int Parse(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("items").GetArrayLength();
    }

    private static async Task<(int Count, string Version)> ListAsync(k8s.Kubernetes client)
    {
        var count = 0;
        string? next = null;
        while (true)
        {
            var page = await client.CoreV1.ListPodForAllNamespacesAsync(limit: PageSize, continueParameter: next).ConfigureAwait(false);
            count += page.Items.Count;
            next = page.Metadata.ContinueProperty;
            if (string.IsNullOrEmpty(next))
            {
                return (count, page.Metadata.ResourceVersion);
            }
        }
    }

    /// <summary>Changes every pod at once, then reads the changes: what is measured is the wire and the client, not the world. The changes themselves take a few milliseconds.</summary>
    private static async Task<int> WatchAsync(SandboxHost host, k8s.Kubernetes client, int pods)
    {
        var version = Change(host);
        var seen = 0;
        await foreach (var (_, _) in client.CoreV1.WatchListPodForAllNamespacesAsync(resourceVersion: version, timeoutSeconds: 300, onError: failure => throw failure).ConfigureAwait(false))
        {
            if (++seen == pods)
            {
                break;
            }
        }

        return seen;
    }

    private static string Change(SandboxHost host)
    {
        lock (host.World.Gate)
        {
            var version = $"{host.World.Cluster.Version}";
            var api = new ClusterApi(host.World, "benchmark");
            foreach (var pod in host.World.Cluster.Pods.Objects.ToList())
            {
                api.Update("pods", pod with { Meta = pod.Meta with { Annotations = pod.Meta.Annotations.SetItem("changed", version) } }, null);
            }

            return version;
        }
    }
}
