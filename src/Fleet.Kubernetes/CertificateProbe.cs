using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Fleet.Kubernetes;

/// <summary>Looks at the certificate of a server that the client refused, to say why. Nothing is sent over the connection.</summary>
internal static class CertificateProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Why the certificate was refused.</summary>
    public static async Task<(bool Ended, string Sentence)> ExplainAsync(Uri server, TimeProvider wall)
    {
        var errors = SslPolicyErrors.None;
        X509Certificate2? certificate = null;
        try
        {
            using var limit = new CancellationTokenSource(Limit, wall);
            using var client = new TcpClient();
            await client.ConnectAsync(server.DnsSafeHost, server.Port, limit.Token).ConfigureAwait(false);
            using var tls = new SslStream(client.GetStream());
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = server.DnsSafeHost,
                RemoteCertificateValidationCallback = (_, shown, _, found) =>
                {
                    errors = found;
                    certificate = shown is null ? null : X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
                    return false;
                },
            };
            await tls.AuthenticateAsClientAsync(options, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or SocketException or OperationCanceledException)
        {
            // The handshake always ends here: the certificate has been seen, and nothing else is wanted.
        }

        using (certificate)
        {
            if (certificate is null)
            {
                return (false, "the TLS handshake failed");
            }

            var ends = certificate.NotAfter.ToUniversalTime();
            return ends < wall.GetUtcNow()
                ? (true, $"the server's certificate ended on {ends:yyyy-MM-dd'T'HH:mm:ss'Z'}")
                : (false, errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                    ? $"the server's certificate is not for {server.DnsSafeHost}"
                    : "the server's certificate is not signed by the authority in the kubeconfig");
        }
    }
}
