using System.Diagnostics;
using System.Text.Json;
using k8s.Configuration;
using k8s.Exceptions;

namespace k8s.Authentication;

/// <summary>Runs a kubeconfig's exec plugin (client.authentication.k8s.io). Neither its output nor its environment gets into an error text.</summary>
internal sealed class ExecPlugin(KubeConfigFile.ExecSection section, string directory)
{
    public async Task<ExecCredential> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(KubernetesClientConfiguration.ExecTimeout);
        using var process = Start();
        string output;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            output = await process.StandardOutput.ReadToEndAsync(limit.Token).ConfigureAwait(false);
            await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new KubeConfigException($"exec plugin '{section.Command}' gave no answer within {KubernetesClientConfiguration.ExecTimeout}");
        }

        return process.ExitCode == 0
            ? Parse(output)
            : throw new KubeConfigException($"exec plugin '{section.Command}' failed with exit code {process.ExitCode}");
    }

    private Process Start()
    {
        // A command with a directory in it is relative to the kubeconfig, one without is looked up on PATH: as kubectl does.
        var command = section.Command.Contains('/', StringComparison.Ordinal) && directory is not null
            ? Path.GetFullPath(section.Command, directory)
            : section.Command;
        var start = new ProcessStartInfo(command) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        section.Args?.ForEach(start.ArgumentList.Add);
        section.Env?.ForEach(variable => start.Environment[variable.Name] = variable.Value);
        start.Environment["KUBERNETES_EXEC_INFO"] = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["apiVersion"] = section.ApiVersion,
            ["kind"] = "ExecCredential",
            ["spec"] = new { interactive = false },
        });
        try
        {
            return Process.Start(start);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new KubeConfigException($"exec plugin '{section.Command}' could not be started", e);
        }
    }

    private ExecCredential Parse(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var status = document.RootElement.GetProperty("status");
            string Text(string name) => status.TryGetProperty(name, out var value) ? value.GetString() : null;
            var expires = Text("expirationTimestamp") is { } time ? DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
            var credential = new ExecCredential(Text("token"), Text("clientCertificateData"), Text("clientKeyData"), expires);
            return document.RootElement.GetProperty("apiVersion").GetString() != section.ApiVersion
                ? throw new KubeConfigException($"exec plugin '{section.Command}' answered with another apiVersion than '{section.ApiVersion}'")
                : credential.Token is null && credential.ClientCertificateData is null
                    ? throw new KubeConfigException($"exec plugin '{section.Command}' gave neither a token nor a client certificate")
                    : credential;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            // The cause would quote the output, which is a secret.
            throw new KubeConfigException($"exec plugin '{section.Command}' gave no ExecCredential with a status");
        }
    }
}
