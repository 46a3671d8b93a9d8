using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Fleet.Aws;
using Fleet.Core.Access;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Settings;
using Fleet.Service.SignIn;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests.Limits;

/// <summary>Two services on one store hold a limit together.</summary>
public abstract class SharedLimitTests(Engine engine) : IAsyncLifetime, IDisposable
{
    public sealed class OnSqlite() : SharedLimitTests(Engine.Sqlite);

    public sealed class OnPostgres() : SharedLimitTests(Engine.Postgres);

    private const int Limit = 6;

    private readonly TestDatabase _database = TestDatabase.On(engine);
    private readonly HttpClient _client = new();
    private FleetService _one = null!;
    private FleetService? _two;

    public async Task InitializeAsync() => (_one, _two) = (await ServeAsync("one"), await ServeAsync("two"));

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await (_two?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _client.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task A_caller_of_both_has_the_limit_once_and_the_whole_of_it_when_one_is_left()
    {
        await UntilThereAreAsync(_one, 2);
        await UntilThereAreAsync(_two!, 2);
        var caller = await KeyAsync();
        (await AnsweredAsync(_one, caller)).ShouldBe(Limit / 2);
        (await AnsweredAsync(_two!, caller)).ShouldBe(Limit / 2);
        var refused = await AskAsync(_one, caller);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await refused.Content.ReadAsStringAsync()).ShouldContain($"more than {Limit} requests a minute");

        await _two!.DisposeAsync();
        _two = null;
        await UntilThereAreAsync(_one, 1);
        (await AnsweredAsync(_one, await KeyAsync())).ShouldBe(Limit);
    }

    /// <summary>How many of many requests at once are answered; no time passes for the limiter.</summary>
    private async Task<int> AnsweredAsync(FleetService service, string caller)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 2 * Limit).Select(_ => AskAsync(service, caller)));
        return answers.Count(answer => answer.StatusCode == HttpStatusCode.OK);
    }

    private async Task UntilThereAreAsync(FleetService service, int replicas)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!(await (await AskAsync(service, await KeyAsync(), "/metrics")).Content.ReadAsStringAsync()).Contains($"\nfleet_replicas {replicas}\n", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(FleetService service, string key, string path = "/v1/clusters")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, path)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        return await _client.SendAsync(request);
    }

    private async Task<string> KeyAsync()
    {
        var (key, text) = ApiKeys.Make("test", [new Grant(Role.Viewer, [])], TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1), RandomNumberGenerator.GetBytes(48));
        await _database.Store.AddAsync(key, CancellationToken.None);
        return text;
    }

    private Task<FleetService> ServeAsync(string owner) => FleetService.StartAsync(
        new ServiceOptions
        {
            Runs = _database.Store,
            Inventory = _database.Store,
            Schedules = _database.Store,
            Images = _database.Store,
            Keys = _database.Store,
            Audit = _database.Store,
            News = _database.Store,
            Replicas = _database.Store,
            Connections = new ConnectionOptions
            {
                Policy = TimeProvider.System,
                Wall = new HeldStopwatch(),
                Account = _ => new AwsOptions { Region = "eu-central-1", Endpoint = new Uri("http://127.0.0.1:1"), AccessKeyId = "fleet", SecretAccessKey = "none" },
            },
            Owner = owner,
            SignIn = new SignInOptions { ApiKeys = true },
            Settings = new ServiceSettings { Limits = new RequestLimits { Caller = Limit, Address = 100, Following = 10 } },
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
        },
        CancellationToken.None);
}
