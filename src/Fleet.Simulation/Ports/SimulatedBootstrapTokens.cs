using System.Globalization;
using System.Text.Json.Nodes;
using Fleet.Core.Joining;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Ports;

/// <summary>Bootstrap tokens of a simulated cluster, in the form that the API server stores.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Kubernetes user, for the log and for fault rules.</param>
public sealed class SimulatedBootstrapTokens(World world, string caller = "fleet") : IBootstrapTokens
{
    private readonly ClusterApi _api = new(world, caller);

    /// <inheritdoc/>
    public Task<string> IdentityAsync(CancellationToken cancellationToken) => Make(() => _api.Get("namespaces", new ObjectKey("", "kube-system")).Meta.Uid);

    /// <inheritdoc/>
    public Task<string?> ClusterInfoAsync(CancellationToken cancellationToken) => Make(() => (string?)Find("configmaps", new ObjectKey("kube-public", "cluster-info"))?.Unmodelled?["data"]?["kubeconfig"]);

    /// <inheritdoc/>
    public Task<KnownToken?> FindAsync(string id, CancellationToken cancellationToken) => Make(() =>
    {
        var found = Find(BootstrapSecret.Resource, BootstrapSecret.KeyOf(id));
        return found is null ? null : new KnownToken(
            new BootstrapToken { Id = id, Secret = BootstrapSecret.Text(found, "token-secret"), Expires = BootstrapSecret.Ends(found) },
            BootstrapSecret.Counts(found) && BootstrapSecret.Ends(found) < DateTimeOffset.MaxValue && found.Meta.Labels.GetValueOrDefault("app.kubernetes.io/managed-by") == "fleet", found.Meta.Uid);
    });

    /// <inheritdoc/>
    public Task<bool> CreateAsync(BootstrapToken token, CancellationToken cancellationToken) => Make(() =>
    {
        var data = new JsonObject();
        foreach (var (field, value) in ((string, string)[])
        [
            ("token-id", token.Id), ("token-secret", token.Secret), ("expiration", token.Expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ("usage-bootstrap-authentication", "true"), ("usage-bootstrap-signing", "true"), ("auth-extra-groups", "system:bootstrappers:kubeadm:default-node-token"),
        ])
        {
            data[field] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value));
        }

        var key = BootstrapSecret.KeyOf(token.Id);
        try
        {
            _api.Create(BootstrapSecret.Resource, new OpaqueObject
            {
                Meta = new ObjectMeta { Namespace = key.Namespace, Name = key.Name, Labels = ObjectMeta.NoLabels.Add("app.kubernetes.io/managed-by", "fleet") },
                Unmodelled = new JsonObject { ["type"] = BootstrapSecret.Type, ["data"] = data },
            });
            return true;
        }
        catch (CallRefusedException taken) when (taken.Status == 409)
        {
            return false;
        }
    });

    /// <inheritdoc/>
    public Task RemoveAsync(KnownToken token, CancellationToken cancellationToken) => Make(() =>
    {
        try
        {
            _api.Delete(BootstrapSecret.Resource, BootstrapSecret.KeyOf(token.Token.Id), new DeleteOptions { Uid = token.Uid });
        }
        catch (CallRefusedException gone) when (gone.Status is 404 or 409)
        {
            // Gone, or made anew.
        }

        return true;
    });

    private WorldObject? Find(string resource, ObjectKey key)
    {
        try
        {
            return _api.Get(resource, key);
        }
        catch (CallRefusedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private static Task<T> Make<T>(Func<T> call)
    {
        try
        {
            return Task.FromResult(call());
        }
        catch (Exception failure) when (ClusterFailure.Is(failure))
        {
            return Task.FromException<T>(ClusterFailure.Of(failure));
        }
    }
}
