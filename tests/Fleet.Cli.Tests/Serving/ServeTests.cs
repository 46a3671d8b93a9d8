using System.Text.Json.Nodes;
using Fleet.Core.Runs;
using Fleet.Storage;

namespace Fleet.Cli.Tests.Serving;

public sealed class ServeTests : IDisposable
{
    private const string Pool = "/v1/clusters/demo/pools/workers";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task With_a_sandbox_it_takes_declarations_and_a_run_to_its_end_and_leaves_at_sigterm()
    {
        await using var served = await ServedProcess.StartAsync("--sandbox", "--nodes", "6", "--speed", "400");
        var (cluster, pool) = (await served.GetAsync("/v1/clusters/demo"), await served.GetAsync(Pool));
        cluster["metadata"]!["labels"] = new JsonObject { ["team"] = "web" };
        pool["spec"]!["rotation"]!["maxSurge"] = 2;
        foreach (var (path, document) in new[] { ("/v1/clusters/demo", cluster), (Pool, pool) })
        {
            document.AsObject().Remove("status");
            var (status, body) = await served.SendAsync(HttpMethod.Put, path, document);
            status.ShouldBe(200, body);
            JsonNode.DeepEquals((await served.GetAsync(path))["spec"], document["spec"]).ShouldBeTrue();
        }

        var order = new JsonObject { ["kind"] = "rotation", ["cluster"] = "demo", ["pool"] = "workers", ["target"] = new JsonObject { ["image"] = "ami-0bbbbbbbbbbbbbbb2" } };
        var (began, run) = await served.SendAsync(HttpMethod.Post, "/v1/runs", order);
        began.ShouldBe(201, run);
        var id = (string)JsonNode.Parse(run)!["id"]!;
        var ended = await served.GetAsync($"/v1/runs/{id}?wait=4m");

        ((string)ended["phase"]!).ShouldBe("succeeded", ended.ToJsonString());
        var journal = (await served.GetAsync($"/v1/runs/{id}/journal"))["items"]!.AsArray();
        var (_, events) = await served.SendAsync(HttpMethod.Get, $"/v1/runs/{id}/events");
        events.Split('\n').Count(line => line == "event: journal").ShouldBe(journal.Count);
        var (exitCode, said) = await served.TerminateAsync();
        exitCode.ShouldBe(ExitCode.Done, said);
        said.ShouldContain("handed over");
    }

    [Fact]
    public async Task A_state_file_has_one_service_and_no_other_driver()
    {
        await using var served = await ServedProcess.StartAsync("--state", _shell.StatePath);
        var second = await _shell.RunAsync("fleet serve --listen http://127.0.0.1:0");
        second.ExitCode.ShouldBe(ExitCode.Refused);
        second.Error.ShouldContain("another fleet serve works on it");
        (await served.TerminateAsync()).ExitCode.ShouldBe(ExitCode.Done);

        await _shell.StartRunAsync("r-1", RunPhase.Running);
        using (var store = new SqliteStore(_shell.StatePath))
        {
            await store.AcquireLeaseAsync("r-1", "driver-1", TimeSpan.FromMinutes(10), TimeProvider.System.GetUtcNow(), CancellationToken.None);
        }

        var driven = await _shell.RunAsync("fleet serve --listen http://127.0.0.1:0");
        driven.ExitCode.ShouldBe(ExitCode.Refused);
        driven.Error.ShouldContain("run r-1 on prod/workers");
        driven.Error.ShouldContain("driven by driver-1");
    }

    [Fact]
    public async Task Settings_that_cannot_work_stop_the_start_with_every_error()
    {
        var path = Path.Combine(Path.GetDirectoryName(_shell.StatePath)!, "service.yaml");
        await File.WriteAllTextAsync(path, "apiVersion: fleet/v1\nkind: Service\nkubeconfigs: {prod: missing}\nretension: {journal: 90d}\n");
        var ran = await _shell.RunAsync($"fleet serve --listen http://0.0.0.0:7070 --settings {path}");

        ran.ExitCode.ShouldBe(ExitCode.Refused);
        ran.Error.ShouldContain("listens where only this machine reaches it");
        ran.Error.ShouldContain($"{path}:3:21: kubeconfigs.prod names a file that cannot be read");
        ran.Error.ShouldContain("did you mean retention?");
        ran.Error.ShouldContain("3 errors, nothing was changed");
    }

    [Theory]
    [InlineData("--listen http://0.0.0.0:7070", "listens where only this machine reaches it")]
    [InlineData("--listen https://127.0.0.1:7070", "--listen is 'https://127.0.0.1:7070'; allowed: http://127.0.0.1:PORT")]
    [InlineData("--listen 7070", "--listen is '7070'; allowed")]
    [InlineData("--nodes 6", "--nodes describes the sandbox's world; it goes with --sandbox")]
    [InlineData("--sandbox --nodes 0 --speed 0", "--speed is 0; allowed: above 0, at most 1000")]
    public async Task Wrong_flags_are_refused(string arguments, string message)
    {
        var ran = await _shell.RunAsync($"fleet serve {arguments}");

        ran.ExitCode.ShouldBe(ExitCode.Refused);
        ran.Error.ShouldContain(message);
    }
}
