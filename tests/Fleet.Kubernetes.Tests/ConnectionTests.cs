using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fleet.Core.Disruption;

namespace Fleet.Kubernetes.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_server_that_nobody_runs_is_unreachable_and_named()
    {
        using var kubeconfig = new TemporaryKubeconfig("https://127.0.0.1:9", user: "\"token\": \"token-of-the-test\"");

        var failure = await FailAsync(kubeconfig.FilePath);

        failure.Code.ShouldBe("unreachable");
        failure.Message.ShouldContain("127.0.0.1:9");
        failure.ToString().ShouldNotContain("token-of-the-test");
    }

    [Fact]
    public async Task A_wrong_token_is_unauthorized()
    {
        await using var stage = await SandboxClusterStage.OpenAsync();
        using var kubeconfig = new TemporaryKubeconfig(stage.Host.KubernetesEndpoint.AbsoluteUri, stage.Host.AuthorityPem, "\"token\": \"wrong\"");

        (await FailAsync(kubeconfig.FilePath)).Code.ShouldBe("unauthorized");
    }

    [Theory]
    [InlineData(-1, "certificate-expired", "ended on")]
    [InlineData(30, "certificate-invalid", "not signed by")]
    public async Task A_certificate_that_is_refused_says_why(int days, string code, string sentence)
    {
        using var shown = Certificate(days);
        using var other = Certificate(30);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var end = new CancellationTokenSource();
        var serving = ServeAsync(server, shown, end.Token);
        using var kubeconfig = new TemporaryKubeconfig($"https://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}", (days < 0 ? shown : other).ExportCertificatePem());

        var failure = await FailAsync(kubeconfig.FilePath);

        failure.Code.ShouldBe(code, failure.Message);
        failure.Message.ShouldContain(sentence);
        await end.CancelAsync();
        await serving;
    }

    [Fact]
    public void A_kubeconfig_or_context_that_does_not_exist_is_told()
    {
        using var kubeconfig = new TemporaryKubeconfig("https://127.0.0.1:9");

        Should.Throw<ClusterUnreachableException>(() => Connect(kubeconfig.FilePath + "-none", null)).Message.ShouldContain("config-none");
        Should.Throw<ClusterUnreachableException>(() => Connect(kubeconfig.FilePath, "no-such-context")).Message.ShouldContain("no-such-context");
    }

    [Fact]
    public void A_client_certificate_that_has_ended_is_told_before_anything_is_sent()
    {
        using var certificate = Certificate(-1);
        using var key = certificate.GetECDsaPrivateKey()!;
        var user = $"\"client-certificate-data\": \"{TemporaryKubeconfig.Base64(certificate.ExportCertificatePem())}\", \"client-key-data\": \"{TemporaryKubeconfig.Base64(key.ExportECPrivateKeyPem())}\"";
        using var kubeconfig = new TemporaryKubeconfig("https://127.0.0.1:9", user: user);

        Should.Throw<ClusterUnreachableException>(() => Connect(kubeconfig.FilePath, null)).Code.ShouldBe("certificate-expired");
    }

    private static X509Certificate2 Certificate(int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-60), now.AddDays(days));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private static async Task ServeAsync(TcpListener server, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var client = await server.AcceptTcpClientAsync(cancellationToken);
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
            }
            catch (Exception refused) when (refused is AuthenticationException or IOException or SocketException or OperationCanceledException)
            {
                // The client refuses the certificate: that is the test.
            }
        }
    }

    private static KubernetesCluster Connect(string path, string? context) => KubernetesCluster.Connect(path, context, TimeProvider.System, TimeProvider.System, new Random(1));

    private static async Task<ClusterUnreachableException> FailAsync(string kubeconfig)
    {
        await using var cluster = Connect(kubeconfig, null);
        return await Should.ThrowAsync<ClusterUnreachableException>(() => cluster.IdentityAsync(CancellationToken.None));
    }
}
