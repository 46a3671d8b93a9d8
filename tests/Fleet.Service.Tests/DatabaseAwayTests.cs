using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Hosting.Connections;
using Fleet.Storage;

namespace Fleet.Service.Tests;

/// <summary>A database that is away is no bug of the service: callers are told to ask again, and nothing is told to have been done that could not be written down.</summary>
public sealed class DatabaseAwayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-away-");
    private readonly HttpClient _client = new();
    private readonly SqliteStore _store;

    public DatabaseAwayTests() => _store = new SqliteStore(Path.Combine(_folder.FullName, "fleet.db"));

    public void Dispose()
    {
        _client.Dispose();
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_read_is_answered_with_503_and_when_to_ask_again()
    {
        await using var service = await StartAsync(DispatchProxy.Create<IInventoryStore, Away>(), _store);
        using var answer = await _client.GetAsync(new Uri(service.Address, "/v1/clusters"));
        await IsAwayAsync(answer);
    }

    [Fact]
    public async Task A_change_that_cannot_be_written_down_is_not_told_to_have_been_done()
    {
        await using var service = await StartAsync(_store, DispatchProxy.Create<IAuditStore, Away>());
        using var body = new StringContent(BareService.Cluster().ToJsonString().Replace("\"/nowhere\"", "null", StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using var answer = await _client.PutAsync(new Uri(service.Address, "/v1/clusters/site"), body);
        await IsAwayAsync(answer);
        answer.Headers.ETag.ShouldBeNull();
    }

    private static async Task IsAwayAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, text);
        ((string?)JsonNode.Parse(text)!["code"]).ShouldBe("database-unavailable");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        text.ShouldNotContain("db.example", Case.Insensitive, "where the database is, is nobody's business");
    }

    private async Task<FleetService> StartAsync(IInventoryStore inventory, IAuditStore audit) => await FleetService.StartAsync(
        new ServiceOptions
        {
            Runs = _store,
            Inventory = inventory,
            Schedules = _store,
            Images = _store,
            Keys = _store,
            News = _store,
            Audit = audit,
            Connections = new ConnectionOptions { Policy = TimeProvider.System },
            Owner = "one",
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
        },
        CancellationToken.None);

    public class Away : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new DatabaseUnavailableException(DatabaseUrl.Parse("postgres://fleet@db.example/fleet"), "it does not answer");
    }
}
