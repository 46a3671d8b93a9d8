namespace Fleet.Cli.Tests.Rotations;

/// <summary>A world with a service on it, which can be stopped and started again at the same address, and a shell whose commands work on that service.</summary>
internal sealed class ServedSite : IAsyncDisposable
{
    private const string Announcement = "Fleet answers at ";

    private readonly Shell _store;
    private Terminal _service;

    private ServedSite(Shell store, Terminal service, string url)
    {
        (_store, _service) = (store, service);
        Url = url;
        Shell = new Shell { Server = url };
    }

    public string Url { get; }

    /// <summary>Works on the service.</summary>
    public Shell Shell { get; }

    /// <summary>Works on the service's own state file.</summary>
    public Shell Store => _store;

    public static async Task<ServedSite> ServeAsync(Site site, string rotation = SmallWorlds.Rotation)
    {
        var store = await site.DeclaredAsync(rotation);
        var (service, url) = await StartAsync(store, "http://127.0.0.1:0");
        return new(store, service, url);
    }

    /// <summary>SIGTERM.</summary>
    public async Task StopAsync()
    {
        _service.Leave();
        (await _service.Ended).ExitCode.ShouldBe(0);
    }

    /// <summary>Starts a service anew, at the same address.</summary>
    public async Task StartAgainAsync() => (_service, _) = await StartAsync(_store, Url);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Shell.Dispose();
        _store.Dispose();
    }

    private static async Task<(Terminal Service, string Url)> StartAsync(Shell store, string listen)
    {
        var service = store.Start($"fleet serve --listen {listen}");
        await service.PrintsAsync("Interrupt to stop.");
        return (service, service.Output.Split('\n').Single(line => line.StartsWith(Announcement, StringComparison.Ordinal))[Announcement.Length..]);
    }
}
