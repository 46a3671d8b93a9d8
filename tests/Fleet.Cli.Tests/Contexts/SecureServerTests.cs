using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Fleet.Cli.Tests.Contexts;

/// <summary>A server behind TLS: it is trusted by its authority alone, and what it sends on elsewhere is not followed.</summary>
public sealed class SecureServerTests : IDisposable
{
    private const string Who = """{"name":"ada","roles":["viewer"]}""";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly Shell _shell = new();
    private readonly CancellationTokenSource _end = new();

    public SecureServerTests() => _listener.Start();

    private string Url => $"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _certificate.Dispose();
        _shell.Dispose();
        _end.Dispose();
    }

    [Fact]
    public async Task It_is_trusted_by_the_authority_of_its_context_and_not_without()
    {
        var served = ServeAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Who.Length}\r\n\r\n{Who}");
        _shell.Variables["FLEET_CONFIG"] = Path.Combine(Path.GetDirectoryName(_shell.StatePath)!, "config.json");
        var authority = _shell.Write("ca.pem", _certificate.ExportCertificatePem());

        var refused = await _shell.RunAsync($"fleet login {Url}");
        var trusted = await _shell.RunAsync(["login", Url, "--ca-file", authority, "--context", "tls"]);

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("certificate");
        trusted.ExitCode.ShouldBe(0, trusted.Error);
        trusted.Output.ShouldContain("as ada (viewer)");
        (await _shell.RunAsync("fleet whoami")).Output.ShouldBe($"On {Url}: ada (viewer)\n");
        await _end.CancelAsync();
        await served;
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_key()
    {
        var served = ServeAsync("HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example.com/\r\nContent-Length: 0\r\n\r\n");
        _shell.Variables["FLEET_CA_FILE"] = _shell.Write("ca.pem", _certificate.ExportCertificatePem());
        _shell.Variables["FLEET_TOKEN"] = "fleet_0123456789ab_secret";

        var ran = await _shell.RunAsync($"fleet get clusters --server {Url}");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain($"{Url} answers 302; is a Fleet there?");
        await _end.CancelAsync();
        await served;
    }

    /// <summary>Answers every request alike, until the end.</summary>
    private async Task ServeAsync(string answer)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await AnswerAsync(client, answer);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client, string answer)
    {
        try
        {
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
            var head = "";
            var part = new byte[4096];
            while (!head.Contains("\r\n\r\n") && await stream.ReadAsync(part, _end.Token) is var length and > 0)
            {
                head += Encoding.ASCII.GetString(part, 0, length);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")), _end.Token);
            await stream.ShutdownAsync();
        }
        catch (Exception away) when (away is IOException or System.Security.Authentication.AuthenticationException)
        {
            // Who does not trust the certificate goes away.
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
