using System.Diagnostics;
using System.Text.Json.Nodes;
using Fleet.Cli.Tests.Serving;
using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Tests.Rotations.Crash;
using Fleet.Sandbox.Host;
using Fleet.Simulation;
using Fleet.Simulation.Worlds;
using Fleet.Storage;

namespace Fleet.Cli.Tests.Crash;

/// <summary>Six full nodes behind a sandbox, and the built `fleet` as processes of their own that reach it over TCP alone.</summary>
internal sealed class WireStage : IAsyncDisposable
{
    /// <summary>What the world calls the processes: their access key and their Kubernetes user.</summary>
    public const string Caller = "fleet";

    private const string Old = "ami-0aaaaaaaaaaaaaaa1";

    /// <summary>The image that nodes are rotated to.</summary>
    public const string New = "ami-0bbbbbbbbbbbbbbb2";
    private const double Speed = 60;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-wire-");
    private readonly SandboxHost _sandbox;
    private readonly PostgresDatabase? _database;

    private WireStage(SandboxHost sandbox, PostgresDatabase? database) => (_sandbox, _database) = (sandbox, database);

    public World World => _sandbox.World;

    /// <summary>What the world's clock shows.</summary>
    public DateTimeOffset Now => _sandbox.Clock.GetUtcNow();

    /// <summary>Where files of a test may lie; it goes when the stage does.</summary>
    public string Folder => _folder.FullName;

    private string StatePath => Path.Combine(_folder.FullName, "fleet.db");

    /// <summary>What a process's environment has, so that it reaches the world and the records.</summary>
    private Dictionary<string, string?> Surroundings => new()
    {
        ["KUBECONFIG"] = _sandbox.KubeconfigPath,
        ["AWS_ENDPOINT_URL"] = _sandbox.AwsEndpoint.ToString(),
        ["FLEET_CLOCK"] = _sandbox.ClockUrl.ToString(),
        ["AWS_ACCESS_KEY_ID"] = Caller,
        ["AWS_SECRET_ACCESS_KEY"] = "sandbox",
        ["AWS_SESSION_TOKEN"] = "",
        ["FLEET_DATABASE"] = _database is null ? null : Patient(_database.Url),
    };

    private string[] State => _database is null ? ["--state", StatePath] : [];

    /// <summary>Serves the world and declares its pool.</summary>
    /// <param name="database">Where runs are recorded; null is a state file.</param>
    public static Task<WireStage> StartAsync(PostgresDatabase? database = null) => StartAsync(database, Core.Tests.Rotations.Worlds.Full());

    /// <summary>Serves a world of six nodes as cluster <c>full</c>, and declares each group as a pool.</summary>
    public static async Task<WireStage> StartAsync(PostgresDatabase? database, WorldSpec full)
    {
        var spec = full with
        {
            Images = [new ImageSpec { Id = Old }, new ImageSpec { Id = New, Age = TimeSpan.FromDays(1) }],
            Templates = [.. full.Templates.Select(template => template with { ImageId = Old })],
        };
        var world = WorldBuilder.Build(spec, seed: 1, Core.Tests.Rotations.Worlds.Start);
        var stage = new WireStage(await SandboxHost.StartAsync(new SandboxOptions { World = world, Speed = Speed }), database);
        var file = Path.Combine(stage._folder.FullName, "pool.yaml");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: fleet/v1
            kind: Cluster
            metadata: {name: full}
            spec: {account: "{{world.Cloud.Account}}", region: {{spec.Region}}}

            """ + string.Concat(spec.Groups.Select(group => $$"""
            ---
            apiVersion: fleet/v1
            kind: NodePool
            metadata: {name: {{group.Name}}}
            spec:
              cluster: full
              groups: [{{group.Name}}]
              rotation: {maxSurge: 2, loadBalancerWait: 60s}

            """)));
        await stage.ApplyAsync(file);
        return stage;
    }

    /// <summary>Starts `fleet rotate` as a process.</summary>
    public Process Rotate() => Start("rotate", "full/workers", "--image", New, "--yes");

    /// <summary>Starts `fleet serve` as a process.</summary>
    /// <param name="name">What the database calls it; null for the usual name.</param>
    /// <param name="database">Another way to the same database; null for the direct one.</param>
    /// <param name="more">Further arguments.</param>
    public Task<ServedProcess> ServeAsync(string? name = null, string? database = null, params string[] more)
    {
        var surroundings = Surroundings;
        if (_database is not null)
        {
            surroundings["FLEET_DATABASE"] = Patient(database ?? _database.Url) + (name is null ? "" : $"&application_name={name}");
        }

        return ServedProcess.StartAsync(surroundings, [.. State, .. more]);
    }

    /// <summary>The order of the same rotation, for the API.</summary>
    /// <param name="key">The caller's key; null for none.</param>
    /// <param name="pool">Which pool.</param>
    public static JsonObject Order(string? key = null, string pool = "workers")
    {
        var order = new JsonObject { ["kind"] = "rotation", ["cluster"] = "full", ["pool"] = pool, ["target"] = new JsonObject { ["image"] = New } };
        if (key is not null)
        {
            order["id"] = key;
        }

        return order;
    }

    /// <summary>Waits for a process to end, and hears what it says.</summary>
    public static async Task<(int ExitCode, string Said)> EndOf(Process process)
    {
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    /// <summary>Whether the one run has ended.</summary>
    public async Task<bool> EndedAsync()
    {
        using var store = new PostgresStore(DatabaseUrl.Parse(_database!.Url), TimeProvider.System);
        return (await store.ListAsync("full", "workers", unfinishedOnly: true, CancellationToken.None)).Count == 0;
    }

    /// <summary>How world and records stand.</summary>
    public async Task<Ending> EndingAsync()
    {
        using SqlStore store = _database is null ? new SqliteStore(StatePath) : new PostgresStore(DatabaseUrl.Parse(_database.Url), TimeProvider.System);
        var run = (await store.ListAsync("full", "workers", unfinishedOnly: false, CancellationToken.None)).ShouldHaveSingleItem();
        var ledger = await store.LedgerAsync(run.Id, CancellationToken.None);
        lock (World.Gate)
        {
            return Ending.Of(World, run.Phase, ledger);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Many processes start at once on a machine of few cores.</summary>
    private static string Patient(string url) => $"{url}?connect_timeout=10";

    /// <summary>Declares what a file holds. On a busy machine the command may keep a transaction open longer than the database puts up with; then it goes on from there, as it says itself.</summary>
    private async Task ApplyAsync(string file)
    {
        for (var left = 5; ; left--)
        {
            using var apply = Start("apply", "-f", file, "--yes");
            var (exitCode, said) = await EndOf(apply);
            if (exitCode == 0)
            {
                return;
            }

            said.ShouldContain("the same command goes on from there");
            left.ShouldBeGreaterThan(0, said);
        }
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(Program).Assembly.Location, .. arguments, .. State])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Surroundings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
