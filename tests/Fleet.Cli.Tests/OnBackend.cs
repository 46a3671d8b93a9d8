namespace Fleet.Cli.Tests;

/// <summary>Commands that must come to the same on this machine's own store and on a server.</summary>
/// <param name="onServer">Whether they work on a server.</param>
public abstract class OnBackend(bool onServer) : IAsyncLifetime
{
    private ShellServer? _server;

    internal Shell Shell { get; } = new();

    /// <summary>Whether commands work on a server.</summary>
    protected bool OnServer => onServer;

    public async Task InitializeAsync() => _server = onServer ? await ShellServer.StartAsync(Shell) : null;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Shell.Dispose();
    }
}
