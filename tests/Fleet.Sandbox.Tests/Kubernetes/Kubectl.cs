using System.ComponentModel;
using System.Diagnostics;

namespace Fleet.Sandbox.Tests.Kubernetes;

/// <summary>The real kubectl against one kubeconfig.</summary>
public sealed class Kubectl(string kubeconfig, string home)
{
    /// <summary>Runs it to the end; a missing kubectl is a failure that says how to install it.</summary>
    public async Task<CommandResult> RunAsync(string arguments, string? input = null)
    {
        using var process = Start(arguments);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it and leaves it running: for watches, and for drains that wait.</summary>
    public Process Start(string arguments)
    {
        var start = new ProcessStartInfo("kubectl", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = kubeconfig;
        start.Environment["HOME"] = home;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("kubectl is missing; install it with: bash tests/install.sh (Debian: apt-get install kubectl)", missing);
        }
    }
}
