using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Aws;
using Fleet.Core.Access;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Settings;
using Fleet.Hosting.Time;
using Fleet.Sandbox.Host;
using Fleet.Service.SignIn;
using Fleet.Service.Tests.Databases;
using Fleet.Service.Watching;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;
using Fleet.Storage;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Tests;

/// <summary>The service on a served world of two nodes, and a caller of its API.</summary>
public sealed class ServedFleet : IAsyncDisposable
{
    public const string New = "ami-00000002";

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(3) };
    private SandboxHost _sandbox = null!;
    private PolicyClock _clock = null!;
    private TestDatabase _database = null!;
    private FleetService _service = null!;
    private string? _admin;
    private OtlpTarget? _otlp;
    private ServiceSettings _settings = new();
    private SignInOptions _tokens = new();
    private TimeProvider _wall = TimeProvider.System;

    public SandboxHost Sandbox => _sandbox;

    public SqlStore Store => _database.Store;

    public TestDatabase Database => _database;

    public HttpClient Client => _client;

    /// <summary>The kubeconfigs that the server's settings name.</summary>
    public Dictionary<string, string> Kubeconfigs { get; } = new() { ["nowhere"] = "/nowhere" };

    /// <summary>Where the API is; another place after a restart.</summary>
    public Uri Address => _service.Address;

    public IEnumerable<Endpoint> Endpoints => _service.Endpoints;

    public static async Task<ServedFleet> StartAsync(Engine engine, double speed = 200, int seed = 1, bool signIn = false, OtlpTarget? otlp = null, ServiceSettings? settings = null, SignInOptions? tokens = null, TimeProvider? wall = null, WorldSpec? world = null)
    {
        var fleet = new ServedFleet { _otlp = otlp, _settings = settings ?? new ServiceSettings(), _tokens = tokens ?? new SignInOptions(), _wall = wall ?? TimeProvider.System };
        fleet._sandbox = await SandboxHost.StartAsync(new SandboxOptions { World = WorldBuilder.Build(world ?? World(), seed, TimeProvider.System.GetUtcNow().AddDays(-30)), Speed = speed });
        fleet._clock = await PolicyClock.FollowAsync(fleet._sandbox.ClockUrl, TimeProvider.System, CancellationToken.None);
        fleet._database = TestDatabase.On(engine);
        fleet.Kubeconfigs["site"] = fleet._sandbox.KubeconfigPath;
        fleet._admin = signIn ? await fleet.KeyAsync(new Grant(Role.Admin, [])) : null;
        await fleet.ServeAsync("one");
        return fleet;
    }

    /// <summary>Stops the service and starts another on the same state.</summary>
    public async Task RestartAsync()
    {
        await _service.DisposeAsync();
        await ServeAsync("two");
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(_service.Address, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (_admin is not null && !request.Headers.Contains("Authorization"))
        {
            request.Headers.TryAddWithoutValidation("Authorization", _admin);
        }

        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text, response.Headers.ETag?.ToString(), response.Headers.Location?.ToString());
    }

    /// <summary>What a new key sends as <c>Authorization</c>.</summary>
    public Task<string> KeyAsync(params Grant[] grants) => KeyOfAsync(null, grants);

    /// <summary>What a new key of a person sends as <c>Authorization</c>.</summary>
    public async Task<string> KeyOfAsync(string? person, params Grant[] grants)
    {
        var (key, text) = ApiKeys.Make("test", [.. grants], TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1), RandomNumberGenerator.GetBytes(48));
        await Store.AddAsync(key with { Person = person }, CancellationToken.None);
        return $"Bearer {text}";
    }

    /// <summary>The status alone, of an answer that may not end.</summary>
    public async Task<int> StatusAsync(string path, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_service.Address, path));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Asks for a run until it is as wished; a caller of the API has a time limit of its own.</summary>
    public async Task UntilAsync(string run, Func<JsonObject, bool> so)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!so((await GetAsync(run)).Json))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Waits until the cluster has an Event of a reason.</summary>
    public async Task UntilEventAsync(string reason)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!There())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }

        bool There()
        {
            lock (_sandbox.World.Gate)
            {
                return _sandbox.World.Cluster.Events.Objects.Any(one => one.Reason == reason);
            }
        }
    }

    /// <summary>Declares cluster <c>site</c> and its pool <c>workers</c>.</summary>
    public async Task DeclareAsync()
    {
        (await SendAsync(HttpMethod.Put, "/v1/clusters/site", Cluster())).Status.ShouldBe(201);
        (await SendAsync(HttpMethod.Put, "/v1/clusters/site/pools/workers", Pool())).Status.ShouldBe(201);
    }

    public JsonObject Cluster() => Document("Cluster", "site", new JsonObject { ["account"] = _sandbox.World.Cloud.Account, ["region"] = _sandbox.World.Cloud.Region, ["kubeconfig"] = "site" });

    public static JsonObject Pool(string surge = "1") => Document("NodePool", "workers", new JsonObject
    {
        ["cluster"] = "site",
        ["groups"] = new JsonArray("workers"),
        ["rotation"] = new JsonObject { ["maxSurge"] = JsonNode.Parse(surge), ["loadBalancerWait"] = "30s" },
    });

    public static JsonObject Schedule(string cron = "0 2 * * TUE#2") => Document("Schedule", "nightly", new JsonObject { ["cluster"] = "site", ["pools"] = new JsonArray("workers"), ["cron"] = cron, ["timeZone"] = "Europe/Berlin", ["olderThan"] = "14d" });

    public static JsonObject Order(string image = New) => new() { ["kind"] = "rotation", ["cluster"] = "site", ["pool"] = "workers", ["target"] = new JsonObject { ["image"] = image } };

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _clock.Dispose();
        _database.Dispose();
        _client.Dispose();
        await _sandbox.DisposeAsync();
    }

    private async Task ServeAsync(string owner)
    {
        var connections = new ConnectionOptions
        {
            Policy = _clock,
            Wall = _wall,
            Account = cluster => new AwsOptions { Region = cluster.Region, Endpoint = _sandbox.AwsEndpoint, AccessKeyId = "fleet", SecretAccessKey = "sandbox" },
        };
        _service = await FleetService.StartAsync(
            new ServiceOptions
            {
                Runs = Store,
                Inventory = Store,
                Schedules = Store,
                Images = Store,
                Connections = connections,
                Owner = owner,
                Keys = Store,
                Audit = Store,
                News = Store,
                Shared = Store.Shared,
                SignIn = _tokens with { ApiKeys = _admin is not null },
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Settings = _settings with { Kubeconfigs = Kubeconfigs },
                Identify = (cluster, cancellationToken) => ClusterIdentity.AskAsync(cluster, TimeProvider.System, 1, cancellationToken),
                Interval = TimeSpan.FromMilliseconds(100),
                Otlp = _otlp,
            },
            CancellationToken.None);
    }

    public static JsonObject Document(string kind, string name, JsonObject spec) =>
        new() { ["apiVersion"] = "fleet/v1", ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = spec };

    /// <summary>Two nodes, a deployment and its budget.</summary>
    public static WorldSpec World() => new()
    {
        Name = "plain",
        InstanceTypes = [new NodeProfile { InstanceType = "m5.large", BootMean = TimeSpan.FromSeconds(40), BootDeviation = TimeSpan.FromSeconds(5) }],
        Images = [new ImageSpec { Id = "ami-00000001" }, new ImageSpec { Id = New, Age = TimeSpan.FromDays(1) }],
        Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-00000001", InstanceType = "m5.large" }],
        Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = 2 }],
        Workloads = [new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web", Replicas = 4, MilliCpu = 500 }],
        Budgets = [new BudgetSpec { Name = "web", Workload = "web", MaxUnavailable = "50%" }],
    };
}
