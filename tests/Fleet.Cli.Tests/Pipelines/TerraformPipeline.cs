using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Fleet.Cli.Tests.Pipelines;

/// <summary>The example pipeline in a working folder of its own, for one pool <c>site/workers</c>.</summary>
internal sealed class TerraformPipeline : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-terraform-");
    private readonly FleetOnPath _path = new();
    private readonly string _token;
    private readonly string _settings;

    private TerraformPipeline(string token)
    {
        // Terraform's own settings of whoever runs the tests are none of theirs.
        (_token, _settings) = (token, Path.Combine(_folder.FullName, "terraform.rc"));
        File.WriteAllText(_settings, "");
    }

    /// <summary>Copies the example and initializes it.</summary>
    public static async Task<TerraformPipeline> OpenAsync(string server = "https://fleet.example.com", string token = "")
    {
        var pipeline = new TerraformPipeline(token);
        foreach (var file in Directory.GetFiles(Example, "*.tf"))
        {
            File.Copy(file, Path.Combine(pipeline._folder.FullName, Path.GetFileName(file)));
        }

        pipeline.Wish(server, "ami-00000001");
        var ran = await pipeline.RunAsync("init");
        ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
        return pipeline;
    }

    private static string Example
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Fleet.sln")))
            {
                folder = folder.Parent!;
            }

            return Path.Combine(folder.FullName, "infra", "terraform", "pipeline-example");
        }
    }

    /// <summary>What the pool shall be.</summary>
    public void Wish(string server, string image, string rotation = """{"maxSurge": 1, "loadBalancerWait": "0s", "joinTimeout": "3m"}""") => File.WriteAllText(
        Path.Combine(_folder.FullName, "terraform.tfvars.json"),
        new JsonObject
        {
            ["server"] = server,
            ["cluster"] = "site",
            ["pools"] = new JsonObject { ["workers"] = new JsonObject { ["image"] = image, ["spec"] = new JsonObject { ["groups"] = new JsonArray("workers"), ["rotation"] = JsonNode.Parse(rotation) } } },
        }.ToJsonString());

    public Task<Ran> ApplyAsync() => RunAsync("apply", "-auto-approve");

    public async Task<Ran> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Starts an apply and kills it, with all that it has started, once its output has a text.</summary>
    public async Task KillAtAsync(string text)
    {
        using var process = Start("apply", "-auto-approve");
        await UntilAsync(process, text);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Applies, and does something once the output has a text.</summary>
    public async Task<Ran> ApplyAsync(string text, Action then)
    {
        using var process = Start("apply", "-auto-approve");
        var error = process.StandardError.ReadToEndAsync();
        var said = await UntilAsync(process, text);
        then();
        said += await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, said, await error);
    }

    /// <summary>Everything that Terraform has written down.</summary>
    public string State => File.ReadAllText(Path.Combine(_folder.FullName, "terraform.tfstate"));

    public void Dispose()
    {
        _path.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<string> UntilAsync(Process process, string text)
    {
        var said = "";
        while (!said.Contains(text) && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said += line + "\n";
        }

        said.ShouldContain(text);
        return said;
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("terraform", [arguments[0], .. arguments[0] is "fmt" ? [] : (string[])["-no-color"], .. arguments[1..]])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = _path.Path;
        start.Environment["FLEET_TOKEN"] = _token;
        start.Environment["CHECKPOINT_DISABLE"] = "1";
        start.Environment["TF_IN_AUTOMATION"] = "1";
        start.Environment["TF_CLI_CONFIG_FILE"] = _settings;
        return Process.Start(start)!;
    }
}
