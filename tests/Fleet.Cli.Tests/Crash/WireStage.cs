using System.Diagnostics;
using System.Text.Json.Nodes;
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
    private const string New = "ami-0bbbbbbbbbbbbbbb2";
    private const double Speed = 60;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-wire-");
    private readonly SandboxHost _sandbox;

    private WireStage(SandboxHost sandbox) => _sandbox = sandbox;

    public World World => _sandbox.World;

    private Dictionary<string, string?> Environment => new()
    {
        ["KUBECONFIG"] = _sandbox.KubeconfigPath,
        ["AWS_ENDPOINT_URL"] = _sandbox.AwsEndpoint.ToString(),
        ["FLEET_CLOCK"] = _sandbox.ClockUrl.ToString(),
        ["AWS_ACCESS_KEY_ID"] = Caller,
        ["AWS_SECRET_ACCESS_KEY"] = "sandbox",
        ["AWS_SESSION_TOKEN"] = "",
    };

    private string StatePath => Path.Combine(_folder.FullName, "fleet.db");

    /// <summary>Serves the world and declares its pool.</summary>
    public static async Task<WireStage> StartAsync()
    {
        var spec = Core.Tests.Rotations.Worlds.Full() with
        {
            Images = [new ImageSpec { Id = Old }, new ImageSpec { Id = New, Age = TimeSpan.FromDays(1) }],
            Templates = [new TemplateSpec { Name = "workers", ImageId = Old, InstanceType = "m5.large" }],
        };
        var world = WorldBuilder.Build(spec, seed: 1, Core.Tests.Rotations.Worlds.Start);
        var stage = new WireStage(await SandboxHost.StartAsync(new SandboxOptions { World = world, Speed = Speed }));
        var file = Path.Combine(stage._folder.FullName, "pool.yaml");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: fleet/v1
            kind: Cluster
            metadata: {name: full}
            spec: {account: "{{world.Cloud.Account}}", region: {{spec.Region}}}
            ---
            apiVersion: fleet/v1
            kind: NodePool
            metadata: {name: workers}
            spec:
              cluster: full
              groups: [workers]
              rotation: {maxSurge: 2, loadBalancerWait: 60s}
            """);
        using var apply = stage.Start("apply", "-f", file, "--yes");
        var (exitCode, said) = await EndOf(apply);
        exitCode.ShouldBe(0, said);
        return stage;
    }

    /// <summary>Starts `fleet rotate` as a process.</summary>
    public Process Rotate() => Start("rotate", "full/workers", "--image", New, "--yes");

    /// <summary>Starts `fleet serve` as a process; it answers when this returns.</summary>
    public Task<Serving.ServedProcess> ServeAsync() => Serving.ServedProcess.StartAsync(Environment, "--state", StatePath);

    /// <summary>An order to the service.</summary>
    public static JsonObject Order(string key) => new() { ["kind"] = "rotation", ["id"] = key, ["cluster"] = "full", ["pool"] = "workers", ["target"] = new JsonObject { ["image"] = New } };

    /// <summary>Waits for a process to end, and hears what it says.</summary>
    public static async Task<(int ExitCode, string Said)> EndOf(Process process)
    {
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    /// <summary>How world and records stand.</summary>
    public async Task<Ending> EndingAsync()
    {
        using var store = new SqliteStore(StatePath);
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

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(System.Environment.ProcessPath!, [typeof(Program).Assembly.Location, .. arguments, "--state", StatePath])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
