using System.Net;
using Fleet.Hosting.Connections;
using Fleet.Service;
using Fleet.Service.SignIn;
using Fleet.Storage;

namespace Fleet.Cli.Tests;

/// <summary>A service on a shell's state file; it drives nothing by itself, so that what a test has stored stays as it is.</summary>
internal sealed class ShellServer : IAsyncDisposable
{
    private readonly SqliteStore _store;

    private ShellServer(SqliteStore store, FleetService service) => (_store, Service) = (store, service);

    public FleetService Service { get; }

    public string Url => Service.Address.ToString().TrimEnd('/');

    /// <summary>Serves, and points the shell there.</summary>
    public static async Task<ShellServer> StartAsync(Shell shell, bool signIn = false)
    {
        var store = new SqliteStore(shell.StatePath);
        var service = await FleetService.StartAsync(
            new ServiceOptions
            {
                Runs = store,
                Inventory = store,
                Schedules = store,
                Images = store,
                Keys = store,
                Audit = store,
                News = store,
                Connections = new ConnectionOptions { Policy = TimeProvider.System, Account = cluster => new() { Region = cluster.Region } },
                Owner = "service-test",
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                SignIn = new SignInOptions { ApiKeys = signIn },
                Identify = (cluster, _) => Task.FromResult(shell.Identities.GetValueOrDefault(cluster.Name)),
                Interval = TimeSpan.FromHours(1),
            },
            CancellationToken.None);
        var server = new ShellServer(store, service);
        shell.Server = server.Url;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _store.Dispose();
    }
}
