using System.Globalization;
using Fleet.Aws;
using Fleet.Core.Rotations;
using Fleet.Hosting.Connections;
using Fleet.Sandbox.Host;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Worlds;

namespace Fleet.Cli.Tests.Rotations;

/// <summary>A world that is served to command lines.</summary>
internal sealed class Site : IAsyncDisposable
{
    /// <summary>The user of the kubeconfig, and the access key by which it calls AWS.</summary>
    public const string User = "fleet";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-site-");

    private Site(SandboxHost host) => Host = host;

    public SandboxHost Host { get; }

    /// <summary>Serves a world.</summary>
    public static async Task<Site> OpenAsync(WorldSpec spec, double speed, Func<SandboxOptions, SandboxOptions>? change = null, int seed = 1, params IEnumerable<string> users)
    {
        var options = new SandboxOptions
        {
            World = WorldBuilder.Build(spec, seed, TimeProvider.System.GetUtcNow().AddDays(-30)),
            Speed = speed,
            Users = users.Prepend(User).ToDictionary(Token),
        };
        return new Site(await SandboxHost.StartAsync(change?.Invoke(options) ?? options));
    }

    /// <summary>A shell whose commands reach this world as a user.</summary>
    public Shell Shell(string user = User) => new()
    {
        Surroundings = context => context with
        {
            Account = cluster => new AwsOptions { Region = cluster.Region, Endpoint = Host.AwsEndpoint, AccessKeyId = user, SecretAccessKey = "sandbox" },
            Environment = name => name == "FLEET_CLOCK" ? Host.ClockUrl.ToString() : context.Environment(name),
            Identify = (cluster, cancellationToken) => ClusterIdentity.AskAsync(cluster, context.Wall, context.Seed, cancellationToken),
        },
    };

    /// <summary>Path of a user's kubeconfig.</summary>
    public async Task<string> KubeconfigAsync(string user = User)
    {
        var path = Path.Combine(_folder.FullName, user);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(Host.KubeconfigPath)).Replace(Token(User), Token(user)));
        return path;
    }

    /// <summary>Path of a kubeconfig that is changed somehow.</summary>
    public async Task<string> KubeconfigAsync(Func<string, string> change)
    {
        var path = Path.Combine(_folder.FullName, "changed");
        await File.WriteAllTextAsync(path, change(await File.ReadAllTextAsync(Host.KubeconfigPath)));
        return path;
    }

    /// <summary>The document of cluster <c>site</c> and its pool <c>workers</c>.</summary>
    public async Task<string> DocumentAsync(string groups, string rotation = "{maxSurge: 1}", string user = User) => $$"""
        apiVersion: fleet/v1
        kind: Cluster
        metadata: {name: site}
        spec:
          account: "{{Host.World.Cloud.Account}}"
          region: {{Host.World.Cloud.Region}}
          kubeconfig: {{await KubeconfigAsync(user)}}
        ---
        apiVersion: fleet/v1
        kind: NodePool
        metadata: {name: workers}
        spec:
          cluster: site
          groups: [{{groups}}]
          rotation: {{rotation}}

        """;

    /// <summary>Every writing call so far, of anybody: verb and object.</summary>
    public IReadOnlyList<CallRecord> Writes()
    {
        lock (Host.World.Gate)
        {
            return [.. Host.World.Log.Records.Where(call => call.Writes)];
        }
    }

    /// <summary>A shell in whose state file the cluster and the pool are declared.</summary>
    public async Task<Shell> DeclaredAsync(string rotation = SmallWorlds.Rotation, string user = User)
    {
        var shell = Shell(user);
        var ran = await shell.RunAsync(["apply", "-f", shell.Write("pool.yaml", await DocumentAsync("workers", rotation, user)), "--yes"]);
        ran.ExitCode.ShouldBe(ExitCode.Done, ran.Error);
        return shell;
    }

    /// <summary>Deletes the budget that permits nothing in <see cref="SmallWorlds.Stuck"/>.</summary>
    public void Loosen() => new ClusterApi(Host.World, "somebody").Delete("poddisruptionbudgets.policy", new ObjectKey("shop", "stubborn"));

    /// <summary>The images of the instances in service, in words.</summary>
    public string Images()
    {
        lock (Host.World.Gate)
        {
            return string.Join(", ", Host.World.Cloud.Members("workers").Where(one => one.Lifecycle == LifecycleState.InService).GroupBy(one => one.ImageId).OrderBy(image => image.Key).Select(image => $"{image.Count()} of {image.Key}"));
        }
    }

    /// <summary>What a run must put back: the group's settings without its template version, and what is set on its nodes.</summary>
    public string Settings()
    {
        lock (Host.World.Gate)
        {
            var (cloud, group) = (Host.World.Cloud, Host.World.Cloud.Groups["workers"]);
            var marked = Host.World.Cluster.Nodes.Objects.Where(node => node.Unschedulable || node.Meta.Labels.ContainsKey(FleetMarks.ExcludeFromLoadBalancers)).Select(node => node.Meta.Name);
            // What leaves already is nobody's to take; Fleet does not lift its protection any more.
            var kept = cloud.Members("workers").Count(one => one.Protected && !one.Lifecycle.StartsWith("Terminat", StringComparison.Ordinal));
            return $"min {group.Min}, desired {group.Desired}, max {group.Max}, suspended [{string.Join(", ", group.Suspended.Keys)}], new protected {group.ProtectNew}, "
                + $"protected {kept}, out of service [{string.Join(", ", marked)}]";
        }
    }

    /// <summary>The image that the group would launch now.</summary>
    public string? PinnedImage()
    {
        lock (Host.World.Gate)
        {
            var (cloud, group) = (Host.World.Cloud, Host.World.Cloud.Groups["workers"]);
            return cloud.Templates[group.TemplateId!].Versions[long.Parse(group.TemplateVersion, CultureInfo.InvariantCulture)].ImageId;
        }
    }

    /// <summary>The terminations that were asked for, over all callers.</summary>
    public int Terminations()
    {
        lock (Host.World.Gate)
        {
            return Host.World.Cloud.Terminations.Count;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Token(string user) => $"token-of-{user}";
}
