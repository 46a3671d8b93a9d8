using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace k8s;

/// <summary>The connection's own part: whom it trusts and which certificate it shows.</summary>
internal static class Transport
{
    public static SocketsHttpHandler Create(KubernetesClientConfiguration config)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromMinutes(3),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
            AllowAutoRedirect = false,
            UseProxy = true,
        };
        if (config.SkipTlsVerify)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }
        else if (config.SslCaCerts is { Count: > 0 } authorities)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                Kubernetes.CertificateValidationCallBack(sender, authorities, certificate, chain, errors);
        }

        if (ClientCertificate(config) is var (leaf, chainCertificates))
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(leaf, chainCertificates, offline: true);
        }

        return handler;
    }

    private static (X509Certificate2 Leaf, X509Certificate2Collection Chain)? ClientCertificate(KubernetesClientConfiguration config)
    {
        var certificate = Pem(config.ClientCertificateData, config.ClientCertificateFilePath);
        var key = Pem(config.ClientCertificateKeyData, config.ClientKeyFilePath);
        if (certificate is null || key is null)
        {
            return null;
        }

        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        return (X509Certificate2.CreateFromPem(certificate, key), chain);
    }

    private static string Pem(string data, string file) =>
        !string.IsNullOrEmpty(data) ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : string.IsNullOrEmpty(file) ? null : File.ReadAllText(file);
}
