using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fleet.Cli.Tests;

public sealed partial class SandboxTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task It_serves_a_clock_an_account_and_a_cluster_until_interrupted()
    {
        var kubeconfig = "";
        var ran = await _shell.ServeAsync(["sandbox", "--nodes", "15", "--speed", "60"], async output =>
        {
            var exports = Exports().Matches(output).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Trim('\''));
            using var http = new HttpClient();
            using var clock = JsonDocument.Parse(await http.GetStringAsync(exports["FLEET_CLOCK"]));
            clock.RootElement.GetProperty("speed").GetDouble().ShouldBe(60);
            exports["FLEET_CLOCK"].ShouldStartWith(exports["AWS_ENDPOINT_URL"]);
            kubeconfig = exports["KUBECONFIG"];
            (await File.ReadAllTextAsync(kubeconfig)).ShouldContain("https://127.0.0.1:");
        });

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Error.ShouldContain("Serving 15 nodes at 60 times the speed of life");
        File.Exists(kubeconfig).ShouldBeFalse("what the sandbox made goes with it");
    }

    [Fact]
    public async Task A_world_file_with_mistakes_is_refused_with_lines()
    {
        var file = _shell.Write("world.yaml", "apiVersion: fleet/v1\nkind: World\nmetadata: {name: x}\nspec:\n  nonsense: 1\n");

        var ran = await _shell.RunAsync(["sandbox", "--world", file]);

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain($"{file}:5:");
        ran.Error.ShouldContain("nonsense");
    }

    [Theory]
    [InlineData("--nodes 0", "--nodes is 0; allowed: 1 to 5000")]
    [InlineData("--speed 0", "--speed is 0; allowed: above 0, at most 100000")]
    [InlineData("--port 70000", "--port is 70000; allowed: 0 to 65534")]
    [InlineData("--world gone.yaml", "gone.yaml cannot be read")]
    [InlineData("--nodes many", "many")]
    public async Task Wrong_values_are_refused(string arguments, string message)
    {
        var ran = await _shell.RunAsync($"fleet sandbox {arguments}");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(message);
    }

    [GeneratedRegex("^export ([A-Z_]+)=([^ ]*)$", RegexOptions.Multiline)]
    private static partial Regex Exports();
}
