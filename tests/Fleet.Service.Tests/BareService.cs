using System.Net;
using System.Text.Json.Nodes;
using Fleet.Aws;
using Fleet.Core.Inventory;
using Fleet.Hosting.Connections;
using Fleet.Service.Tests.Databases;
using Fleet.Storage;

namespace Fleet.Service.Tests;

/// <summary>A service whose cluster is out of reach: a world in this process would keep a log of every call, and here memory counts.</summary>
internal sealed class BareService : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private FleetService _service = null!;

    private BareService(Engine engine) => _database = TestDatabase.On(engine);

    public SqlStore Store => _database.Store;

    public Uri Address => _service.Address;

    public static async Task<BareService> StartAsync(Engine engine)
    {
        var bare = new BareService(engine);
        var cluster = new ClusterSpec { Name = "site", Account = "123456789012", Region = "eu-central-1", Kubeconfig = "/nowhere" };
        await bare.Store.ApplyAsync([cluster], [new NodePoolSpec { Cluster = "site", Name = "workers", Groups = ["workers"] }], CancellationToken.None);
        bare._service = await FleetService.StartAsync(
            new ServiceOptions
            {
                Runs = bare.Store,
                Inventory = bare.Store,
                Schedules = bare.Store,
                Images = bare.Store,
                Keys = bare.Store,
                Audit = bare.Store,
                News = bare.Store,
                Connections = new ConnectionOptions
                {
                    Policy = TimeProvider.System,
                    Account = _ => new AwsOptions { Region = "eu-central-1", Endpoint = new Uri("http://127.0.0.1:1"), AccessKeyId = "fleet", SecretAccessKey = "none" },
                },
                Owner = "one",
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
            },
            CancellationToken.None);
        return bare;
    }

    /// <summary>Asks for a document until it is as wished.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> so)
    {
        using var client = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (true)
        {
            if (JsonNode.Parse(await client.GetStringAsync(new Uri(Address, path), limit.Token))! is var document && so(document))
            {
                return document;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>The document of its cluster.</summary>
    public static JsonObject Cluster() => ServedFleet.Document("Cluster", "site", new JsonObject { ["account"] = "123456789012", ["region"] = "eu-central-1", ["kubeconfig"] = "/nowhere" });

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _database.Dispose();
    }
}
