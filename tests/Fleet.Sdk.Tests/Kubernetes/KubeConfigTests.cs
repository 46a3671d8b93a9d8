using k8s;
using k8s.Exceptions;

namespace Fleet.Sdk.Tests.Kubernetes;

public sealed class KubeConfigTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fleet-kubeconfig-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_current_context_gives_server_namespace_and_token()
    {
        var config = KubeConfigText.Read(KubeConfigText.With("https://api.example:6443", user: "token: t0ken"));

        (config.Host, config.Namespace, config.AccessToken, config.CurrentContext).ShouldBe(("https://api.example:6443", "apps", "t0ken", "only"));
    }

    [Fact]
    public void Paths_are_relative_to_the_file()
    {
        var certificates = new TestCertificates();
        var (certificate, key) = certificates.Client("fleet");
        Write("ca.pem", certificates.AuthorityPem);
        Write("client.pem", certificate);
        Write("client.key", key);
        var file = Write("config", KubeConfigText.With("https://api.example", "certificate-authority: ca.pem", "client-certificate: client.pem\nclient-key: client.key"));

        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath: file);

        config.SslCaCerts.Single().Subject.ShouldBe("CN=test authority");
        config.ClientCertificateFilePath.ShouldBe(Path.Combine(folder.FullName, "client.pem"));
        config.ClientKeyFilePath.ShouldBe(Path.Combine(folder.FullName, "client.key"));
    }

    [Fact]
    public void Another_context_can_be_chosen_and_one_that_does_not_exist_is_refused_by_name()
    {
        var file = Write("config", KubeConfigText.With("https://api.example"));

        KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath: file, currentContext: "only").CurrentContext.ShouldBe("only");
        Should.Throw<KubeConfigException>(() => KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath: file, currentContext: "other"))
            .Message.ShouldContain("'other'");
    }

#if !OFFICIAL_SDKS
    [Fact]
    public void A_file_that_is_no_YAML_is_refused_without_quoting_it() =>
        Should.Throw<KubeConfigException>(() => KubeConfigText.Read("users:\n- token: [s3cret\n")).ToString().ShouldNotContain("s3cret");
#endif

    [Fact]
    public void A_server_that_is_no_address_is_refused() =>
        Should.Throw<KubeConfigException>(() => KubeConfigText.Read(KubeConfigText.With("not-an-address"))).Message.ShouldContain("not-an-address");

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
