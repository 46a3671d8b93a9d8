using System.Globalization;
using System.Text;
using Fleet.Core.Joining;
using k8s;
using k8s.Models;

namespace Fleet.Kubernetes;

/// <summary>Bootstrap tokens over the wire, each in the form that the API server's authenticator and the controllers bootstrapsigner and tokencleaner read (Kubernetes, "Authenticating with Bootstrap Tokens", "Bootstrap Token Secret Format").</summary>
internal sealed class KubernetesBootstrapTokens(KubernetesCalls calls, Func<CancellationToken, Task<string>> identity) : IBootstrapTokens
{
    private const string Namespace = "kube-system";
    private const string Type = "bootstrap.kubernetes.io/token";
    private const string Keeper = "app.kubernetes.io/managed-by";
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Whom kubeadm lets ask for a kubelet's certificate (kubeadm, "Implementation details").</summary>
    private const string Nodes = "system:bootstrappers:kubeadm:default-node-token";

    private static readonly int[] Missing = [404];
    private static readonly int[] Taken = [409];
    private static readonly int[] Changed = [404, 409];

    /// <inheritdoc/>
    public Task<string> IdentityAsync(CancellationToken cancellationToken) => identity(cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> ClusterInfoAsync(CancellationToken cancellationToken)
    {
        var found = await calls.MakeAsync(
            "read configmap kube-public/cluster-info",
            () => calls.Client.CoreV1.ReadNamespacedConfigMapAsync(name: "cluster-info", namespaceParameter: "kube-public", cancellationToken: cancellationToken), Missing, cancellationToken).ConfigureAwait(false);
        return found?.Data is { } data && data.TryGetValue("kubeconfig", out var text) ? text : null;
    }

    /// <inheritdoc/>
    public async Task<KnownToken?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await calls.MakeAsync(
            $"read secret {Namespace}/{Name(id)}",
            () => calls.Client.CoreV1.ReadNamespacedSecretAsync(name: Name(id), namespaceParameter: Namespace, cancellationToken: cancellationToken), Missing, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }

        // Without a time the token never ends: that is none of Fleet's.
        var ends = DateTimeOffset.TryParse(Text(found, "expiration"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.MaxValue;
        var mine = found.Type == Type && ends < DateTimeOffset.MaxValue && found.Metadata.Labels is { } labels && labels.TryGetValue(Keeper, out var keeper) && keeper == "fleet";
        return new KnownToken(new BootstrapToken { Id = id, Secret = Text(found, "token-secret"), Expires = ends }, mine, found.Metadata.Uid ?? "");
    }

    /// <inheritdoc/>
    public async Task<bool> CreateAsync(BootstrapToken token, CancellationToken cancellationToken)
    {
        var data = new Dictionary<string, string>
        {
            ["token-id"] = token.Id,
            ["token-secret"] = token.Secret,
            ["expiration"] = token.Expires.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture),
            ["usage-bootstrap-authentication"] = "true",
            ["usage-bootstrap-signing"] = "true",
            ["auth-extra-groups"] = Nodes,
            ["description"] = "Join token that Fleet keeps fresh for new nodes.",
        };
        var body = new V1Secret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Type = Type,
            Metadata = new V1ObjectMeta { Name = Name(token.Id), NamespaceProperty = Namespace, Labels = new Dictionary<string, string> { [Keeper] = "fleet" } },
            Data = data.ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetBytes(entry.Value)),
        };
        return await calls.MakeAsync(
            $"create secret {Namespace}/{Name(token.Id)}",
            () => calls.Client.CoreV1.CreateNamespacedSecretAsync(body: body, namespaceParameter: Namespace, fieldManager: "fleet", cancellationToken: cancellationToken), Taken, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(KnownToken token, CancellationToken cancellationToken)
    {
        var only = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = token.Uid } };
        return calls.MakeAsync(
            $"delete secret {Namespace}/{Name(token.Token.Id)}",
            () => calls.Client.CoreV1.DeleteNamespacedSecretAsync(name: Name(token.Token.Id), namespaceParameter: Namespace, body: only, cancellationToken: cancellationToken), Changed, cancellationToken);
    }

    private static string Name(string id) => $"bootstrap-token-{id}";

    private static string Text(V1Secret secret, string field) => secret.Data is { } data && data.TryGetValue(field, out var value) ? Encoding.UTF8.GetString(value) : "";
}
