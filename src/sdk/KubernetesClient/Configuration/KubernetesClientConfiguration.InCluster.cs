using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;
using k8s.Exceptions;

namespace k8s;

public partial class KubernetesClientConfiguration
{
    private const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount/";

    public static bool IsInCluster() =>
        Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 }
        && Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT") is { Length: > 0 }
        && File.Exists(ServiceAccount + "token") && File.Exists(ServiceAccount + "ca.crt");

    public static KubernetesClientConfiguration InClusterConfig()
    {
        if (!IsInCluster())
        {
            throw new KubeConfigException("Unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined");
        }

        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(ServiceAccount + "ca.crt");
        return new KubernetesClientConfiguration
        {
            Host = new UriBuilder("https", host, int.Parse(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT")!)).ToString(),
            TokenProvider = new TokenFileAuth(ServiceAccount + "token"),
            SslCaCerts = authorities,
            Namespace = File.Exists(ServiceAccount + "namespace") ? File.ReadAllText(ServiceAccount + "namespace").Trim() : null,
        };
    }
}
