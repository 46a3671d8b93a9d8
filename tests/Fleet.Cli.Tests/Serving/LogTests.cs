using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Storage;

namespace Fleet.Cli.Tests.Serving;

/// <summary>What the service writes on standard error while it works.</summary>
public sealed class LogTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Lines_are_objects_with_ids_and_hold_no_secret_that_was_used()
    {
        var (key, text) = ApiKeys.Make("test", [new Grant(Role.Admin, [])], TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1), RandomNumberGenerator.GetBytes(48));
        using (var store = new SqliteStore(_shell.StatePath))
        {
            await store.AddAsync(key, CancellationToken.None);
        }

        await using var served = await ServedProcess.StartAsync("--sandbox", "--nodes", "3", "--speed", "400", "--state", _shell.StatePath, "--api-keys", "--log-format", "json");
        (await served.SendAsync(HttpMethod.Get, "/v1/runs")).Status.ShouldBe(401);
        served.Key = text;
        var kubeconfig = await File.ReadAllTextAsync(await KubeconfigAsync(served));
        var order = new JsonObject { ["kind"] = "rotation", ["cluster"] = "demo", ["pool"] = "workers", ["target"] = new JsonObject { ["image"] = "ami-0bbbbbbbbbbbbbbb2" } };
        var (_, run) = await served.SendAsync(HttpMethod.Post, "/v1/runs?wait=4m", order);
        ((string?)JsonNode.Parse(run)!["phase"]).ShouldBe("succeeded", run);
        var (exitCode, said) = await served.TerminateAsync();

        exitCode.ShouldBe(ExitCode.Done, said);
        var lines = said.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => line.GetProperty("EventId").GetInt32()).ShouldBe([900, 2004, 2005, 901], ignoreOrder: true);
        lines.Single(line => line.GetProperty("EventId").GetInt32() == 2005).GetProperty("State").GetProperty("Run").GetString().ShouldBe((string?)JsonNode.Parse(run)!["id"]);
        said.ShouldNotContain(text);
        foreach (var secret in kubeconfig.Split('\n').Where(line => line.Contains("token:", StringComparison.Ordinal) || line.Contains("-key-data:", StringComparison.Ordinal)).Select(line => line.Split(':', 2)[1].Trim()))
        {
            said.ShouldNotContain(secret);
        }

        kubeconfig.ShouldContain("token:");
    }

    /// <summary>The path that the greeting names.</summary>
    private static async Task<string> KubeconfigAsync(ServedProcess served)
    {
        const string Export = "export KUBECONFIG=";
        while (await served.Process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Export, StringComparison.Ordinal))
            {
                return line[Export.Length..].Trim('\'', '"');
            }
        }

        throw new InvalidOperationException("the greeting names no kubeconfig");
    }

    [Fact]
    public async Task A_receiver_of_traces_that_cannot_be_stops_the_start()
    {
        _shell.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4318";

        var refused = await _shell.RunAsync("fleet serve --listen http://127.0.0.1:0");

        refused.ExitCode.ShouldBe(ExitCode.Refused);
        refused.Error.ShouldContain("OTEL_EXPORTER_OTLP_ENDPOINT is no address");
    }
}
