namespace Fleet.Cli.Tests.Rotations;

/// <summary>A world with a service on it, which can be stopped and started again at the same address, and a shell whose commands work on that service.</summary>
internal sealed class ServedSite : IAsyncDisposable
{
    private const string Announcement = "Fleet answers at ";

    private readonly Shell _store;
    private Terminal _service;

    private readonly string _flags;

    private ServedSite(Shell store, string flags, Terminal service, string url)
    {
        (_store, _flags, _service) = (store, flags, service);
        Url = url;
        Shell = new Shell { Server = url };
    }

    public string Url { get; }

    /// <summary>An admin's API key, where callers sign in.</summary>
    public string Key { get; private init; } = "";

    /// <summary>Works on the service.</summary>
    public Shell Shell { get; }

    /// <summary>Works on the service's own state file.</summary>
    public Shell Store => _store;

    public static async Task<ServedSite> ServeAsync(Site site, string rotation = SmallWorlds.Rotation, bool signIn = false, string? settings = null)
    {
        var store = await site.DeclaredAsync(rotation);
        var key = signIn ? (await store.RunAsync("fleet keys create pipeline --role admin")).Output.Trim() : "";
        var flags = $"{(signIn ? " --api-keys" : "")}{(settings is null ? "" : $" --settings {settings}")}";
        var (service, url) = await StartAsync(store, "http://127.0.0.1:0", flags);
        var served = new ServedSite(store, flags, service, url) { Key = key };
        served.Shell.Variables["FLEET_TOKEN"] = key;
        return served;
    }

    /// <summary>SIGTERM.</summary>
    public async Task StopAsync()
    {
        _service.Leave();
        (await _service.Ended).ExitCode.ShouldBe(0);
    }

    /// <summary>Starts a service anew, at the same address.</summary>
    public async Task StartAgainAsync() => (_service, _) = await StartAsync(_store, Url, _flags);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Shell.Dispose();
        _store.Dispose();
    }

    private static async Task<(Terminal Service, string Url)> StartAsync(Shell store, string listen, string flags)
    {
        var service = store.Start($"fleet serve --listen {listen}{flags}");
        await service.PrintsAsync("Interrupt to stop.");
        return (service, service.Output.Split('\n').Single(line => line.StartsWith(Announcement, StringComparison.Ordinal))[Announcement.Length..]);
    }
}
