namespace Fleet.Cli.Tests;

/// <summary>Output that tells when it was first flushed: what a shell would have seen by then.</summary>
internal sealed class FlushSignal : StringWriter
{
    private readonly TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Flushed => _flushed.Task;

    public override Task FlushAsync()
    {
        _flushed.TrySetResult();
        return Task.CompletedTask;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => FlushAsync();
}
