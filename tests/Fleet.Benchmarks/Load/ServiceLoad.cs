using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Fleet.Benchmarks.Load;

/// <summary>A service that drives a rotation of each pool at once while a caller asks it; the sandbox is a process of its own, so that the figures are the service's alone.</summary>
internal static class ServiceLoad
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(LoadWorld world, int speed, TimeSpan lasting, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("fleet-load-");
        try
        {
            var file = Path.Combine(folder.FullName, "world.yaml");
            await File.WriteAllTextAsync(file, world.Yaml()).ConfigureAwait(false);
            var (sandbox, exports) = await FleetProcess.StartAsync("export AWS_REGION", new Dictionary<string, string>(), "sandbox", "--world", file, "--speed", $"{speed}").ConfigureAwait(false);
            using (sandbox)
            {
                var (service, said) = await FleetProcess.StartAsync(
                    "Fleet answers at ", Environment(exports), "serve", "--listen", "http://127.0.0.1:0", "--state", Path.Combine(folder.FullName, "fleet.db")).ConfigureAwait(false);
                using (service)
                {
                    using var client = new HttpClient { BaseAddress = new Uri(said[^1]["Fleet answers at ".Length..]), Timeout = TimeSpan.FromMinutes(5) };
                    await MeasureAsync(world, client, service, lasting, output).ConfigureAwait(false);
                }
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(LoadWorld world, HttpClient client, FleetProcess service, TimeSpan lasting, TextWriter output)
    {
        await Task.Delay(Rest, TimeProvider.System).ConfigureAwait(false);
        output.WriteLine($"service-load: {world.Pools} rotations of {world.Nodes} nodes at once, {lasting.TotalSeconds:0} s");
        output.WriteLine($"  at rest: resident {service.MiB("VmRSS")} MiB");
        var runs = await OrderAsync(world, client).ConfigureAwait(false);
        var clock = TimeProvider.System;
        var (begun, before, peak) = (clock.GetTimestamp(), service.Processor(), 0L);
        var latencies = new LatencyTable();
        for (var turn = 0; clock.GetElapsedTime(begun) < lasting; turn++)
        {
            var run = runs[turn % runs.Count];
            await latencies.TimeAsync("GET /v1/runs", client, "v1/runs?limit=50").ConfigureAwait(false);
            await latencies.TimeAsync("GET /v1/runs/{run}", client, $"v1/runs/{run}").ConfigureAwait(false);
            await latencies.TimeAsync("GET /v1/runs/{run}/journal", client, $"v1/runs/{run}/journal").ConfigureAwait(false);
            await latencies.TimeAsync("GET .../pools/{pool}", client, $"v1/clusters/{LoadWorld.Cluster}/pools/{world.Names.ElementAt(turn % world.Pools)}").ConfigureAwait(false);
            peak = Math.Max(peak, service.MiB("VmRSS"));
            await Task.Delay(BetweenRequests, clock).ConfigureAwait(false);
        }

        var processor = (service.Processor() - before) / clock.GetElapsedTime(begun);
        output.WriteLine($"  under way: resident {service.MiB("VmRSS")} MiB at the end, {peak} MiB at most ({service.MiB("VmHWM")} MiB since the start), processor {processor:0.00} of a core");
        output.WriteLine($"  API, one caller:");
        latencies.Write(output);
        await SayPhasesAsync(client, runs, output).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<string>> OrderAsync(LoadWorld world, HttpClient client)
    {
        await PutAsync(client, $"v1/clusters/{LoadWorld.Cluster}", "Cluster", LoadWorld.Cluster, new JsonObject { ["account"] = "123456789012", ["region"] = "eu-central-1" }).ConfigureAwait(false);
        var runs = new List<string>();
        foreach (var pool in world.Names)
        {
            await PutAsync(client, $"v1/clusters/{LoadWorld.Cluster}/pools/{pool}", "NodePool", pool, new JsonObject { ["cluster"] = LoadWorld.Cluster, ["groups"] = new JsonArray(pool) }).ConfigureAwait(false);
            var order = new JsonObject { ["kind"] = "rotation", ["cluster"] = LoadWorld.Cluster, ["pool"] = pool, ["target"] = new JsonObject { ["image"] = LoadWorld.NewImage } };
            runs.Add((string)(await AnswerAsync(await client.PostAsJsonAsync(new Uri("v1/runs", UriKind.Relative), order).ConfigureAwait(false)).ConfigureAwait(false))["id"]!);
        }

        return runs;
    }

    private static async Task PutAsync(HttpClient client, string path, string kind, string name, JsonObject spec)
    {
        var document = new JsonObject { ["apiVersion"] = "fleet/v1", ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = spec };
        await AnswerAsync(await client.PutAsJsonAsync(new Uri(path, UriKind.Relative), document).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task<JsonNode> AnswerAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
            return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException(text);
        }
    }

    private static async Task SayPhasesAsync(HttpClient client, IReadOnlyList<string> runs, TextWriter output)
    {
        var phases = new List<string>();
        foreach (var run in runs)
        {
            phases.Add((string)JsonNode.Parse(await client.GetStringAsync(new Uri($"v1/runs/{run}", UriKind.Relative)).ConfigureAwait(false))!["phase"]!);
        }

        output.WriteLine($"  runs at the end: {string.Join(", ", phases.GroupBy(phase => phase).Select(group => $"{group.Count()} {group.Key}"))}");
    }

    private static Dictionary<string, string> Environment(IEnumerable<string> exports) =>
        exports.Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .SelectMany(line => line["export ".Length..].Split(' '))
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''));
}
