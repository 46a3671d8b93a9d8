using k8s;
using KubernetesClient = k8s.Kubernetes;

namespace Fleet.Sdk.Tests.Kubernetes;

public sealed class ConnectionTests
{
    private const string Nodes = """{"items": []}""";

    private readonly TestCertificates certificates = new();

    [Fact]
    public async Task A_server_that_the_private_authority_signed_is_trusted_and_spoken_to_in_HTTP_2()
    {
        await using var api = await ApiServer.StartAsync(Nodes, certificate: certificates.Server("127.0.0.1"));

        await ListAsync(KubeConfigText.With(api.Uri.ToString(), $"certificate-authority-data: {certificates.AuthorityData}", "token: t0ken"));

        var request = api.Requests.Single();
        request.Protocol.ShouldBe("HTTP/2");
        request.Authorization.ShouldBe("Bearer t0ken");
    }

#if !OFFICIAL_SDKS
    [Fact]
    public async Task A_server_with_another_host_name_is_refused_though_the_private_authority_signed_it()
    {
        await using var api = await ApiServer.StartAsync(Nodes, certificate: certificates.Server("elsewhere.example"));

        await Should.ThrowAsync<HttpRequestException>(() => ListAsync(KubeConfigText.With(api.Uri.ToString(), $"certificate-authority-data: {certificates.AuthorityData}")));

        api.Requests.ShouldBeEmpty();
    }
#endif

    [Fact]
    public async Task A_tls_server_name_stands_for_the_host_name_of_the_address()
    {
        await using var api = await ApiServer.StartAsync(Nodes, certificate: certificates.Server("elsewhere.example"));

        await ListAsync(KubeConfigText.With(api.Uri.ToString(), $"certificate-authority-data: {certificates.AuthorityData}\ntls-server-name: elsewhere.example"));

        api.Requests.Single().Host.ShouldBe("elsewhere.example");
    }

    [Fact]
    public async Task A_server_of_an_authority_that_is_not_trusted_is_refused()
    {
        await using var api = await ApiServer.StartAsync(Nodes, certificate: certificates.Server("127.0.0.1"));

        await Should.ThrowAsync<HttpRequestException>(() => ListAsync(KubeConfigText.With(api.Uri.ToString())));
        await Should.ThrowAsync<HttpRequestException>(() => ListAsync(KubeConfigText.With(api.Uri.ToString(), $"certificate-authority-data: {new TestCertificates().AuthorityData}")));

        api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Insecure_skip_tls_verify_trusts_anything()
    {
        await using var api = await ApiServer.StartAsync(Nodes, certificate: certificates.Server("elsewhere.example"));

        await ListAsync(KubeConfigText.With(api.Uri.ToString(), "insecure-skip-tls-verify: true"));

        api.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_certificate_is_shown()
    {
        await using var api = await ApiServer.StartAsync(Nodes, certificate: certificates.Server("127.0.0.1"));
        var (certificate, key) = certificates.Client("fleet");

        await ListAsync(KubeConfigText.With(
            api.Uri.ToString(), $"certificate-authority-data: {certificates.AuthorityData}",
            $"client-certificate-data: {TestCertificates.Base64(certificate)}\nclient-key-data: {TestCertificates.Base64(key)}"));

        api.Requests.Single().ClientCertificate.ShouldBe("CN=fleet");
    }

    private static async Task ListAsync(string kubeConfig)
    {
        using var client = new KubernetesClient(KubeConfigText.Read(kubeConfig));
        await client.CoreV1.ListNodeAsync();
    }
}
