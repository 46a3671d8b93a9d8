using Fleet.Cli.Worlds;

namespace Fleet.Cli.Serving;

/// <summary>What a service prints once it answers: where, and how to call it.</summary>
internal static class Greeting
{
    public static async Task WriteAsync(CliContext context, Uri address, string place, ServeChoices choices, EmbeddedSandbox? sandbox, CancellationToken cancellationToken)
    {
        var (url, output) = (address.ToString().TrimEnd('/'), context.Output);
        await output.WriteLineAsync($"Fleet answers at {url}").ConfigureAwait(false);
        await output.WriteLineAsync($"Recorded in {place}").ConfigureAwait(false);
        await output.WriteLineAsync(
            choices.SignIn.Required ? "Callers sign in: add -H 'Authorization: Bearer KEY' to the calls below; 'fleet keys create NAME --role admin' makes a key." : "Nobody signs in: it listens where only this machine reaches it.").ConfigureAwait(false);
        if (choices.Settings.Outgoing.Loopback)
        {
            await output.WriteLineAsync("Addresses of this machine may be given for webhooks and the like; elsewhere an admin allows them in the settings.").ConfigureAwait(false);
        }

        if (sandbox is not null)
        {
            await output.WriteLineAsync($"A simulated account and cluster run at {sandbox.Speed} times the speed of life; these lines point aws and kubectl at them:").ConfigureAwait(false);
            await output.WriteLineAsync().ConfigureAwait(false);
            await SandboxExports.WriteAsync(output, sandbox.Host).ConfigureAwait(false);
        }

        await output.WriteLineAsync().ConfigureAwait(false);
        foreach (var line in Calls(url, sandbox))
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }

        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        await context.Error.WriteLineAsync("Interrupt to stop.").ConfigureAwait(false);
    }

    private static IEnumerable<string> Calls(string url, EmbeddedSandbox? sandbox)
    {
        if (sandbox?.Pool is not { } target)
        {
            yield return $"curl {url}/readyz";
            yield return $"curl {url}/v1/clusters";
            yield break;
        }

        var (cluster, pool) = (target.Pool.Cluster, target.Pool.Name);
        var order = $$$"""{"kind":"rotation","cluster":"{{{cluster}}}","pool":"{{{pool}}}","target":{"image":"{{{target.Target.ImageId}}}"}}""";
        yield return $"curl {url}/v1/clusters/{cluster}/pools/{pool}";
        yield return $"curl -X POST -H 'Content-Type: application/json' -d '{order}' '{url}/v1/runs?dryRun=true'";
        yield return $"curl -X POST -H 'Content-Type: application/json' -H 'Idempotency-Key: first' -d '{order}' {url}/v1/runs";
        yield return $"curl '{url}/v1/runs?cluster={cluster}'";
        yield return $"curl -N {url}/v1/runs/first/events";
    }
}
