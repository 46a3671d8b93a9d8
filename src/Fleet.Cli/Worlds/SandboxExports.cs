using Fleet.Sandbox.Host;

namespace Fleet.Cli.Worlds;

/// <summary>The lines for a shell that point aws, kubectl and fleet at a sandbox.</summary>
internal static class SandboxExports
{
    public static async Task WriteAsync(TextWriter output, SandboxHost host)
    {
        var region = host.World.Cloud.Region;
        await output.WriteLineAsync($"export KUBECONFIG={Quoted(host.KubeconfigPath)}").ConfigureAwait(false);
        await output.WriteLineAsync($"export AWS_ENDPOINT_URL={Bare(host.AwsEndpoint)}").ConfigureAwait(false);
        await output.WriteLineAsync($"export FLEET_CLOCK={Bare(host.ClockUrl)}").ConfigureAwait(false);

        // So that the shell's own credentials are never sent here, and the clients need no profile.
        await output.WriteLineAsync($"export AWS_REGION={region} AWS_DEFAULT_REGION={region} AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox AWS_SESSION_TOKEN=").ConfigureAwait(false);
    }

    private static string Bare(Uri url) => url.ToString().TrimEnd('/');

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''")}'";
}
