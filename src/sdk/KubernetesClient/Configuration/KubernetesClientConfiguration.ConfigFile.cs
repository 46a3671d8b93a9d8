using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Authentication;
using k8s.Configuration;
using k8s.Exceptions;

namespace k8s;

public partial class KubernetesClientConfiguration
{
    public static KubernetesClientConfiguration BuildDefaultConfig()
    {
        if (Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } list)
        {
            var files = list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(path => new FileInfo(path)).Where(file => file.Exists).ToList();
            return files.Count == 0
                ? throw new KubeConfigException($"KUBECONFIG names no file that exists: {list}")
                : From(KubeConfigReader.Merge(files.Select(file => KubeConfigReader.Read(file, useRelativePaths: true))), null, null);
        }

        return File.Exists(KubeConfigDefaultLocation)
            ? BuildConfigFromConfigFile(kubeconfigPath: KubeConfigDefaultLocation)
            : IsInCluster() ? InClusterConfig() : new KubernetesClientConfiguration { Host = "http://localhost:8080" };
    }

    public static KubernetesClientConfiguration BuildConfigFromConfigFile(
        string kubeconfigPath = null, string currentContext = null, string masterUrl = null, bool useRelativePaths = true) =>
        BuildConfigFromConfigFile(new FileInfo(kubeconfigPath ?? KubeConfigDefaultLocation), currentContext, masterUrl, useRelativePaths);

    public static KubernetesClientConfiguration BuildConfigFromConfigFile(
        FileInfo kubeconfig, string currentContext = null, string masterUrl = null, bool useRelativePaths = true) =>
        From(KubeConfigReader.Read(kubeconfig, useRelativePaths), currentContext, masterUrl);

    public static KubernetesClientConfiguration BuildConfigFromConfigFile(Stream kubeconfig, string currentContext = null, string masterUrl = null) =>
        From(KubeConfigReader.Read(kubeconfig, null), currentContext, masterUrl);

    private static KubernetesClientConfiguration From(KubeConfigFile file, string currentContext, string masterUrl)
    {
        var name = currentContext ?? file.CurrentContext;
        if (string.IsNullOrEmpty(name))
        {
            throw new KubeConfigException("kubeconfig has no current-context and none was given");
        }

        var context = file.Contexts?.Find(entry => entry.Name == name)?.Context
            ?? throw new KubeConfigException($"CurrentContext: '{name}' not found in contexts in kubeconfig");
        var cluster = file.Clusters?.Find(entry => entry.Name == context.Cluster)
            ?? throw new KubeConfigException($"Cluster not found for context '{name}' in kubeconfig");
        var config = new KubernetesClientConfiguration { CurrentContext = name, Namespace = context.Namespace, Host = masterUrl ?? cluster.Cluster?.Server };
        config.SetCluster(cluster);
        if (!string.IsNullOrEmpty(context.User))
        {
            config.SetUser(file.Users?.Find(entry => entry.Name == context.User) ?? throw new KubeConfigException($"User not found for context '{name}' in kubeconfig"));
        }

        return config;
    }

    private void SetCluster(KubeConfigFile.ClusterEntry entry)
    {
        if (!Uri.TryCreate(Host, UriKind.Absolute, out _))
        {
            throw new KubeConfigException($"Bad server host URL `{Host}` (cluster '{entry.Name}' in kubeconfig)");
        }

        SkipTlsVerify = entry.Cluster.SkipTlsVerify;
        TlsServerName = entry.Cluster.TlsServerName;
        var pem = entry.Cluster.CertificateAuthorityData is { Length: > 0 } data
            ? Decode(data, "certificate-authority-data")
            : entry.Cluster.CertificateAuthority is { Length: > 0 } path ? ReadFile(Full(path, entry.Directory), "certificate-authority") : null;
        if (pem is not null)
        {
            SslCaCerts = [];
            SslCaCerts.ImportFromPem(pem);
        }
    }

    private void SetUser(KubeConfigFile.UserEntry entry)
    {
        var user = entry.User ?? throw new KubeConfigException($"User '{entry.Name}' in kubeconfig is empty");
        AccessToken = user.Token;
        ClientCertificateData = user.ClientCertificateData;
        ClientCertificateKeyData = user.ClientKeyData;
        ClientCertificateFilePath = user.ClientCertificate is { Length: > 0 } certificate ? Full(certificate, entry.Directory) : null;
        ClientKeyFilePath = user.ClientKey is { Length: > 0 } key ? Full(key, entry.Directory) : null;
        if (user.Exec is { } section)
        {
            SetExec(section, entry);
        }
    }

    private void SetExec(KubeConfigFile.ExecSection section, KubeConfigFile.UserEntry entry)
    {
        if (string.IsNullOrEmpty(section.ApiVersion) || string.IsNullOrEmpty(section.Command))
        {
            throw new KubeConfigException($"exec of user '{entry.Name}' in kubeconfig needs apiVersion and command");
        }

        var plugin = new ExecPlugin(section, entry.Directory);
        var credential = Task.Run(() => plugin.RunAsync(CancellationToken.None)).GetAwaiter().GetResult();
        if (credential.ClientCertificateData is not null && credential.ClientKeyData is not null)
        {
            // Plugins answer with plain PEM where kubeconfig has base64.
            ClientCertificateData = Convert.ToBase64String(Encoding.UTF8.GetBytes(credential.ClientCertificateData));
            ClientCertificateKeyData = Convert.ToBase64String(Encoding.UTF8.GetBytes(credential.ClientKeyData));
        }

        TokenProvider = credential.Token is null ? null : new ExecTokenProvider(plugin, credential, TimeProvider.System);
    }

    private static string Full(string path, string directory) => directory is null ? path : Path.GetFullPath(path, directory);

    private static string Decode(string data, string field)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }
        catch (FormatException e)
        {
            throw new KubeConfigException($"{field} in kubeconfig is not base64", e);
        }
    }

    private static string ReadFile(string path, string field) =>
        File.Exists(path) ? File.ReadAllText(path) : throw new KubeConfigException($"{field} in kubeconfig names '{path}', which does not exist");
}
