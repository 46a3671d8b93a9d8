using System.Text.Json.Nodes;
using Fleet.Core.Joining;
using Fleet.Service.Tests.Databases;
using Fleet.Service.Tests.Watching;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Service.Tests.Joining;

/// <summary>The tokens by which nodes join, kept by a served Fleet over the wire.</summary>
public abstract class JoinTokenTests(Engine engine)
{
    private const string Name = "/fleet/clusters/site/join";

    public sealed class OnSqlite() : JoinTokenTests(Engine.Sqlite);

    public sealed class OnPostgres() : JoinTokenTests(Engine.Postgres);

    [Fact]
    public async Task A_declared_cluster_s_token_is_kept_fresh_also_by_the_next_process()
    {
        await using var fleet = await ServedFleet.StartAsync(engine, speed: 1200);
        await DeclareAsync(fleet);

        await UntilAsync(fleet, told => told?.Version >= 3);
        await fleet.RestartAsync();
        var version = Look(fleet, world => world.Cloud.Parameters[Name].Version);
        await UntilAsync(fleet, told => told?.Version >= version + 2);

        var kept = Look(fleet, world => world.Cloud.Parameters[Name]);
        var document = JoinDocument.Read(kept.Value).ShouldNotBeNull();
        (kept.Type, document.Endpoint).ShouldBe((Parameter.Secure, "api.site:6443"));
        document.Hashes.ShouldBe(AuthorityHashes.Of($"certificate-authority-data: {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(fleet.Sandbox.AuthorityPem))}"));
        Look(fleet, world => world.Cluster.Table("secrets").Find(new ObjectKey("kube-system", $"bootstrap-token-{document.Token.Id}"))).ShouldNotBeNull();
        (await Scrape.OfAsync(fleet)).Text.ShouldMatch("fleet_join_token_left_seconds\\{cluster=\"site\"[^}]*\\} [1-9]");
    }

    [Fact]
    public async Task What_AWS_denies_shows_in_the_metrics_and_the_replica_stays_ready()
    {
        await using var fleet = await ServedFleet.StartAsync(engine, speed: 1200);
        Look(fleet, world =>
        {
            world.Faults.Deny("PutParameter");
            return true;
        });
        await DeclareAsync(fleet);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!System.Text.RegularExpressions.Regex.IsMatch((await Scrape.OfAsync(fleet)).Text, "fleet_join_token_left_seconds\\{cluster=\"site\"[^}]*\\} 0"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }

        (await fleet.GetAsync("/readyz")).Status.ShouldBe(200);
        Look(fleet, world =>
        {
            world.Faults.Clear();
            return true;
        });
        await UntilAsync(fleet, told => told is not null);
    }

    private static async Task DeclareAsync(ServedFleet fleet)
    {
        var cluster = fleet.Cluster();
        cluster["spec"]!["join"] = new JsonObject { ["endpoint"] = "api.site:6443" };
        (await fleet.SendAsync(HttpMethod.Put, "/v1/clusters/site", cluster)).Status.ShouldBe(201);
    }

    private static async Task UntilAsync(ServedFleet fleet, Func<Parameter?, bool> so)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!so(Look(fleet, world => world.Cloud.Parameters.GetValueOrDefault(Name))))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    private static T Look<T>(ServedFleet fleet, Func<Simulation.World, T> look)
    {
        lock (fleet.Sandbox.World.Gate)
        {
            return look(fleet.Sandbox.World);
        }
    }
}
