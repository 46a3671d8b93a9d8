using System.Text;
using System.Text.Json.Nodes;
using Fleet.Core.Joining;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Contracts.Cluster;

/// <summary>What only a world can show of tokens: what stands in the Secret, and whose it is.</summary>
public abstract class BootstrapTokensWorldContract : BootstrapTokensContract
{
    private IClusterStage Stage => (IClusterStage)Server;

    /// <summary>Kubernetes, "Authenticating with Bootstrap Tokens", "Bootstrap Token Secret Format".</summary>
    [Fact]
    public async Task The_Secret_has_the_form_that_the_API_server_reads()
    {
        await Server.Tokens.CreateAsync(new BootstrapToken { Id = "fleet1", Secret = "0123456789abcdef", Expires = new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero) }, None);

        var secret = Find("bootstrap-token-fleet1");
        ((string?)secret.Unmodelled!["type"]).ShouldBe("bootstrap.kubernetes.io/token");
        secret.Meta.Labels["app.kubernetes.io/managed-by"].ShouldBe("fleet");
        (Text(secret, "token-id"), Text(secret, "token-secret"), Text(secret, "expiration")).ShouldBe(("fleet1", "0123456789abcdef", "2026-03-01T13:00:00Z"));
        (Text(secret, "usage-bootstrap-authentication"), Text(secret, "usage-bootstrap-signing"), Text(secret, "auth-extra-groups")).ShouldBe(("true", "true", "system:bootstrappers:kubeadm:default-node-token"));
    }

    [Fact]
    public async Task A_token_without_Fleet_s_label_or_without_an_end_is_none_of_Fleet_s()
    {
        await Server.Tokens.CreateAsync(new BootstrapToken { Id = "fleet2", Secret = "0123456789abcdef", Expires = new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero) }, None);
        Change("bootstrap-token-fleet2", secret => secret with { Meta = secret.Meta with { Labels = ObjectMeta.NoLabels } });
        (await Server.Tokens.FindAsync("fleet2", None)).ShouldNotBeNull().IsFleets.ShouldBeFalse();

        Change("bootstrap-token-fleet2", secret =>
        {
            var body = secret.Unmodelled!.DeepClone().AsObject();
            body["data"]!.AsObject().Remove("expiration");
            return secret with { Meta = secret.Meta with { Labels = ObjectMeta.NoLabels.Add("app.kubernetes.io/managed-by", "fleet") }, Unmodelled = body };
        });
        (await Server.Tokens.FindAsync("fleet2", None)).ShouldNotBeNull().IsFleets.ShouldBeFalse();
    }

    private OpaqueObject Find(string name)
    {
        lock (Stage.World.Gate)
        {
            return (OpaqueObject)Stage.World.Cluster.Table("secrets").Find(new ObjectKey("kube-system", name))!;
        }
    }

    private void Change(string name, Func<OpaqueObject, OpaqueObject> change)
    {
        lock (Stage.World.Gate)
        {
            Stage.World.Cluster.Table("secrets").Put(change(Find(name)));
        }
    }

    private static string Text(WorldObject secret, string field) => Encoding.UTF8.GetString(Convert.FromBase64String((string)((JsonObject)secret.Unmodelled!["data"]!)[field]!));
}
