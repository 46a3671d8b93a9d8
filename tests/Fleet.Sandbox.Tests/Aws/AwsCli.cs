using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Fleet.Sandbox.Tests.Aws;

/// <summary>The real aws command line against a sandbox.</summary>
internal sealed class AwsCli(Uri endpoint, string accessKey = "AKIAFLEETTEST0000001")
{
    public async Task<JsonNode> Run(params string[] arguments)
    {
        var (exit, output, error) = await Start(arguments);
        exit.ShouldBe(0, error);
        return output.Length == 0 ? new JsonObject() : JsonNode.Parse(output)!;
    }

    public async Task<string> Fail(params string[] arguments)
    {
        var (exit, output, error) = await Start(arguments);
        exit.ShouldNotBe(0, output);
        return error.Trim();
    }

    private async Task<(int Exit, string Output, string Error)> Start(string[] arguments)
    {
        var info = new ProcessStartInfo("aws") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[.. arguments, "--endpoint-url", endpoint.ToString(), "--region", "eu-central-1", "--output", "json"])
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment["AWS_ACCESS_KEY_ID"] = accessKey;
        info.Environment["AWS_SECRET_ACCESS_KEY"] = "secret";
        info.Environment["AWS_MAX_ATTEMPTS"] = "1";
        info.Environment["AWS_CONFIG_FILE"] = info.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        Process process;
        try
        {
            process = Process.Start(info)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("missing: aws; install it with: apt-get install awscli");
        }

        using (process)
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await error);
        }
    }
}
