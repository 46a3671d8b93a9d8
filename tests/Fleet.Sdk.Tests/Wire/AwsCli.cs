using System.Diagnostics;

namespace Fleet.Sdk.Tests.Wire;

/// <summary>The aws command, with credentials and settings of its own.</summary>
internal sealed class AwsCli(string endpoint, string accessKey = "AKIDEXAMPLE", string secretKey = "secret")
{
    public const string Region = "eu-west-1";

    // A run of the CLI is a second of processor time; more at once only slows the other tests down.
    private static readonly SemaphoreSlim Turns = new(2);

    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await TryAsync(arguments);
        exitCode.ShouldBe(0, $"aws {string.Join(' ', arguments)}: {error}");
        return output;
    }

    public async Task<(int ExitCode, string Output, string Error)> TryAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("aws", ["--endpoint-url", endpoint, "--output", "json", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWS_ACCESS_KEY_ID"] = accessKey,
                ["AWS_SECRET_ACCESS_KEY"] = secretKey,
                ["AWS_DEFAULT_REGION"] = Region,
                ["AWS_CONFIG_FILE"] = "/dev/null",
                ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
                ["AWS_EC2_METADATA_DISABLED"] = "true",
                ["AWS_MAX_ATTEMPTS"] = "1",
                ["AWS_PAGER"] = "",
            },
        };
        await Turns.WaitAsync();
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            Turns.Release();
        }
    }
}
