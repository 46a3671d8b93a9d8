using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fleet.Core.Disruption;
using Fleet.Core.Joining;
using Fleet.Kubernetes.Watching;
using k8s;
using k8s.Exceptions;

namespace Fleet.Kubernetes;

/// <summary>One cluster over its API server: the ports of Core behind one connection. Nothing is sent before the first use.</summary>
public sealed class KubernetesCluster : IAsyncDisposable
{
    private readonly IKubernetes _client;
    private readonly WatchedCluster _watch;

    private KubernetesCluster(IKubernetes client, TimeProvider policy, TimeProvider wall, Random chance)
    {
        _client = client;
        var backoff = new Backoff(wall, chance);
        var calls = new KubernetesCalls(client, wall, backoff);
        _watch = new WatchedCluster(client, policy, wall, backoff);
        Nodes = new KubernetesNodeActions(calls, _watch.Writes);
        Evictions = new KubernetesEvictions(client, _watch.Writes);
        Lock = new KubernetesPoolLock(calls, wall);
        Events = new KubernetesNodeEvents(calls);
        Permissions = new KubernetesPermissions(calls);
        Tokens = new KubernetesBootstrapTokens(calls, IdentityAsync);
        ApiServers = new KubernetesApiServers(calls);
    }

    /// <summary>The watched view; it catches up with what <see cref="Nodes"/> and <see cref="Evictions"/> wrote.</summary>
    public IClusterWatch Watch => _watch;

    /// <summary>Changes on nodes.</summary>
    public INodeActions Nodes { get; }

    /// <summary>Evictions.</summary>
    public IEvictions Evictions { get; }

    /// <summary>Events that Fleet leaves.</summary>
    public INodeEvents Events { get; }

    /// <summary>The lease of a pool.</summary>
    public IPoolLock Lock { get; }

    /// <summary>What the kubeconfig's user may do.</summary>
    public IPermissions Permissions { get; }

    /// <summary>Tokens by which new nodes join.</summary>
    public IBootstrapTokens Tokens { get; }

    /// <summary>The cluster's API servers.</summary>
    public IApiServers ApiServers { get; }

    /// <summary>Prepares the connection to a cluster.</summary>
    /// <param name="kubeconfig">Path of a kubeconfig; null takes KUBECONFIG, ~/.kube/config or the in-cluster account.</param>
    /// <param name="context">Context in it; null takes its current one.</param>
    /// <param name="policy">Clock of policy: what <see cref="IClusterWatch.WaitForChangeAsync"/> waits by.</param>
    /// <param name="wall">The wall clock: leases, certificates, waits between attempts.</param>
    /// <param name="chance">Seeded source of jitter.</param>
    /// <param name="handlers">Handlers around the transport, for tests of faults.</param>
    /// <exception cref="ClusterUnreachableException">The kubeconfig cannot be read, names no such context, or its client certificate has ended.</exception>
    public static KubernetesCluster Connect(string? kubeconfig, string? context, TimeProvider policy, TimeProvider wall, Random chance, params DelegatingHandler[] handlers)
    {
        var named = kubeconfig ?? "the default kubeconfig";
        try
        {
            var configuration = kubeconfig is null && context is null
                ? KubernetesClientConfiguration.BuildDefaultConfig()
                : KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath: kubeconfig ?? DefaultPath(), currentContext: context);
            MustNotHaveEnded(configuration, named, wall);
            return new KubernetesCluster(new k8s.Kubernetes(configuration, [.. handlers, new CallTelemetry()]), policy, wall, chance);
        }
        catch (Exception failure) when (failure is KubeConfigException or IOException or UnauthorizedAccessException or CryptographicException or YamlDotNet.Core.YamlException)
        {
            throw new ClusterUnreachableException("unreachable", $"cannot read {named}{(context is null ? "" : $", context {context}")}: {failure.Message}", failure);
        }
    }

    /// <summary>The uid of the namespace kube-system: the cluster's identity.</summary>
    /// <exception cref="ClusterUnreachableException">The API server cannot be reached, or refuses.</exception>
    public Task<string> IdentityAsync(CancellationToken cancellationToken) => _watch.IdentityAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
    }

    /// <summary>A context is looked for in the first file that KUBECONFIG names.</summary>
    private static string DefaultPath() =>
        Environment.GetEnvironmentVariable("KUBECONFIG")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? KubernetesClientConfiguration.KubeConfigDefaultLocation;

    private static void MustNotHaveEnded(KubernetesClientConfiguration configuration, string named, TimeProvider wall)
    {
        var pem = configuration.ClientCertificateData is { Length: > 0 } data ? Encoding.UTF8.GetString(Convert.FromBase64String(data))
            : configuration.ClientCertificateFilePath is { Length: > 0 } path && File.Exists(path) ? File.ReadAllText(path) : null;
        if (pem is null)
        {
            return;
        }

        using var certificate = X509Certificate2.CreateFromPem(pem);
        var ends = certificate.NotAfter.ToUniversalTime();
        if (ends < wall.GetUtcNow())
        {
            throw new ClusterUnreachableException("certificate-expired", $"the client certificate in {named} ended on {ends:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        }
    }
}
