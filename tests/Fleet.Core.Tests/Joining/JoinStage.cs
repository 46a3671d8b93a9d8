using System.Text;
using Fleet.Core.Inventory;
using Fleet.Core.Joining;
using Fleet.Core.Templates;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Joining;

/// <summary>A cluster whose join token is kept in virtual time.</summary>
internal sealed class JoinStage
{
    private const string Parameter = "/fleet/clusters/stage/join";

    public const string OldImage = "ami-0aaaaaaaaaaaaaaa1";

    public const string NewImage = "ami-0bbbbbbbbbbbbbbb2";

    public static readonly NodePoolSpec Pool = new() { Cluster = "stage", Name = "workers", Groups = ["workers"] };

    private static readonly ClusterSpec Declared = new() { Name = "stage", Account = "123456789012", Region = "eu-central-1", Join = new ClusterJoin { Endpoint = "api.stage:6443", Parameter = Parameter } };

    private static readonly string UserData = Convert.ToBase64String(Encoding.UTF8.GetBytes(WorkerUserData.Render(Declared, Pool)));

    public JoinStage()
    {
        World.Cluster.ShowClusterInfo();

        // The machines that are there joined long ago; those to come have Fleet's user data.
        var template = World.Cloud.Templates[World.Cloud.Groups["workers"].TemplateId!];
        var data = template.Versions[1].Data.DeepClone().AsObject();
        data["UserData"] = UserData;
        World.Cloud.Put(template with { Versions = template.Versions.SetItem(1, template.Versions[1] with { Data = data }) });
        Ports = new JoinPorts { Tokens = new SimulatedBootstrapTokens(World), Parameters = new SimulatedJoinParameters(World) };
    }

    /// <summary>A group of three whose machines have Fleet's user data, in version 1 of their launch template.</summary>
    public World World { get; } = WorldBuilder.Build(
        new WorldSpec
        {
            Name = "stage",
            InstanceTypes = [new NodeProfile { InstanceType = "m5.large" }],
            Images = [new ImageSpec { Id = OldImage }, new ImageSpec { Id = NewImage }],
            Templates = [new Simulation.Worlds.TemplateSpec { Name = "workers", ImageId = OldImage, InstanceType = "m5.large" }],
            Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = 3, Max = 9 }],
        },
        seed: 5,
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public JoinPorts Ports { get; set; }

    public ClusterSpec Cluster { get; set; } = Declared;

    public JoinDocument? Told => JoinDocument.Read(World.Cloud.Parameters.GetValueOrDefault(Parameter)?.Value);

    public IEnumerable<string> Secrets => World.Cluster.Table("secrets").All.Select(secret => secret.Meta.Name);

    public async Task<KeptToken> LookAsync()
    {
        using var chance = new SeededBytes((int)(World.Now.Ticks / TimeSpan.TicksPerSecond % int.MaxValue));
        return await JoinTokenKeeper.LookAsync(Cluster, Ports, chance, World.Now, CancellationToken.None);
    }

    public void Pass(TimeSpan time) => World.Timeline.RunUntil(World.Now + time);

    /// <summary>Calls that changed something, in order.</summary>
    public IEnumerable<string> Writes => World.Log.Records.Where(call => call.Writes && call.Caller == "fleet").Select(call => $"{call.Verb} {call.Subject}");

    public void Put(Parameter parameter) => World.Cloud.Put(parameter);

    public void Remove(string id) => World.Cluster.Table("secrets").Remove(new ObjectKey("kube-system", $"bootstrap-token-{id}"));

    /// <summary>Takes Fleet's label off a token.</summary>
    public void Disown(string id)
    {
        var table = World.Cluster.Table("secrets");
        var secret = (OpaqueObject)table.Find(new ObjectKey("kube-system", $"bootstrap-token-{id}"))!;
        table.Put(secret with { Meta = secret.Meta with { Labels = ObjectMeta.NoLabels } });
    }

    /// <summary>Ports that let something happen before each call.</summary>
    internal sealed class Interleaved(JoinPorts inner, Func<Task> before) : IBootstrapTokens, IJoinParameters
    {
        public JoinPorts Ports => new() { Tokens = this, Parameters = this };

        public Task<string> IdentityAsync(CancellationToken cancellationToken) => After(() => inner.Tokens.IdentityAsync(cancellationToken));

        public Task<string?> ClusterInfoAsync(CancellationToken cancellationToken) => After(() => inner.Tokens.ClusterInfoAsync(cancellationToken));

        public Task<KnownToken?> FindAsync(string id, CancellationToken cancellationToken) => After(() => inner.Tokens.FindAsync(id, cancellationToken));

        public Task<bool> CreateAsync(BootstrapToken token, CancellationToken cancellationToken) => After(() => inner.Tokens.CreateAsync(token, cancellationToken));

        public Task RemoveAsync(KnownToken token, CancellationToken cancellationToken) => After(async () =>
        {
            await inner.Tokens.RemoveAsync(token, cancellationToken);
            return true;
        });

        public Task<string> AccountAsync(CancellationToken cancellationToken) => After(() => inner.Parameters.AccountAsync(cancellationToken));

        public Task<string?> ReadAsync(string name, CancellationToken cancellationToken) => After(() => inner.Parameters.ReadAsync(name, cancellationToken));

        public Task WriteAsync(string name, string value, string? kmsKey, string description, CancellationToken cancellationToken) => After(async () =>
        {
            await inner.Parameters.WriteAsync(name, value, kmsKey, description, cancellationToken);
            return true;
        });

        private async Task<T> After<T>(Func<Task<T>> call)
        {
            await before();
            return await call();
        }
    }
}
