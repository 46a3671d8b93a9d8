using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Host;
using Fleet.Sandbox.Tests.Kubernetes;

namespace Fleet.Sandbox.Tests.Host;

public sealed class SandboxHostTests
{
    [Fact]
    public async Task The_clock_tells_the_worlds_time_and_its_speed()
    {
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = TestWorlds.Empty(), Speed = 3600 });
        using var http = new HttpClient();
        var clock = await http.GetFromJsonAsync<JsonObject>(host.ClockUrl);
        clock!["speed"]!.GetValue<double>().ShouldBe(3600);
        clock["now"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThan(TestWorlds.Start);
    }

    [Fact]
    public async Task The_world_moves_by_itself_and_a_thing_put_on_the_agenda_by_a_call_is_not_slept_through()
    {
        var world = TestWorlds.Empty();
        var happened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (world.Gate)
        {
            world.Timeline.After(TimeSpan.FromSeconds(30), happened.SetResult);
            world.Timeline.After(TimeSpan.FromDays(1), () => { });
        }

        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = world, Speed = 600 });
        await happened.Task.WaitAsync(TimeSpan.FromSeconds(30));
        world.Cluster.Changed += _ => world.Timeline.After(TimeSpan.FromSeconds(60), () => late.TrySetResult());
        using var client = new WireClient(host);
        (await client.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"new"}}""")).Status.ShouldBe(201);
        await late.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Every_call_stands_in_the_log_file_with_caller_verb_object_and_answer()
    {
        var file = Path.GetTempFileName();
        await using (var host = await SandboxHost.StartAsync(new SandboxOptions { World = TestWorlds.Empty(), LogFile = file }))
        {
            using var client = new WireClient(host);
            await client.GetAsync("/api/v1/nodes/absent");
        }

        var line = JsonNode.Parse((await File.ReadAllLinesAsync(file)).ShouldHaveSingleItem())!;
        (line["caller"]!.GetValue<string>(), line["verb"]!.GetValue<string>(), line["object"]!.GetValue<string>(), line["answer"]!.GetValue<int>()).ShouldBe(("fleet", "get nodes", "absent", 404));
        File.Delete(file);
    }

    [Fact]
    public async Task The_kubeconfig_is_for_its_owner_alone_and_goes_with_the_sandbox()
    {
        string path;
        await using (var host = await SandboxHost.StartAsync(new SandboxOptions { World = TestWorlds.Empty() }))
        {
            path = host.KubeconfigPath;
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        File.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public async Task Both_endpoints_listen_on_the_loopback_address_only()
    {
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = TestWorlds.Empty() });
        host.AwsEndpoint.Host.ShouldBe("127.0.0.1");
        host.KubernetesEndpoint.Host.ShouldBe("127.0.0.1");
        host.KubernetesEndpoint.Scheme.ShouldBe("https");
    }
}
