using Microsoft.Extensions.Hosting;

namespace Fleet.Service;

/// <summary>The web host lives as long as its owner wants: signals are the process's to hear, so that the runs are handed over before the API closes.</summary>
internal sealed class OwnersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
