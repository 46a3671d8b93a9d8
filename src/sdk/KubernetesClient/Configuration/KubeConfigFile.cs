using YamlDotNet.Serialization;

namespace k8s.Configuration;

/// <summary>What of a kubeconfig file is read.</summary>
internal sealed class KubeConfigFile
{
    [YamlMember(Alias = "current-context")]
    public string CurrentContext { get; set; }

    [YamlMember(Alias = "clusters")]
    public List<ClusterEntry> Clusters { get; set; }

    [YamlMember(Alias = "contexts")]
    public List<ContextEntry> Contexts { get; set; }

    [YamlMember(Alias = "users")]
    public List<UserEntry> Users { get; set; }

    /// <summary>The folder that relative paths start from.</summary>
    [YamlIgnore]
    public string Directory { get; set; }

    public sealed class ClusterEntry
    {
        [YamlMember(Alias = "name")]
        public string Name { get; set; }

        [YamlMember(Alias = "cluster")]
        public ClusterSection Cluster { get; set; }

        [YamlIgnore]
        public string Directory { get; set; }
    }

    public sealed class ClusterSection
    {
        [YamlMember(Alias = "server")]
        public string Server { get; set; }

        [YamlMember(Alias = "certificate-authority")]
        public string CertificateAuthority { get; set; }

        [YamlMember(Alias = "certificate-authority-data")]
        public string CertificateAuthorityData { get; set; }

        [YamlMember(Alias = "insecure-skip-tls-verify")]
        public bool SkipTlsVerify { get; set; }

        [YamlMember(Alias = "tls-server-name")]
        public string TlsServerName { get; set; }
    }

    public sealed class ContextEntry
    {
        [YamlMember(Alias = "name")]
        public string Name { get; set; }

        [YamlMember(Alias = "context")]
        public ContextSection Context { get; set; }
    }

    public sealed class ContextSection
    {
        [YamlMember(Alias = "cluster")]
        public string Cluster { get; set; }

        [YamlMember(Alias = "user")]
        public string User { get; set; }

        [YamlMember(Alias = "namespace")]
        public string Namespace { get; set; }
    }

    public sealed class UserEntry
    {
        [YamlMember(Alias = "name")]
        public string Name { get; set; }

        [YamlMember(Alias = "user")]
        public UserSection User { get; set; }

        [YamlIgnore]
        public string Directory { get; set; }
    }

    public sealed class UserSection
    {
        [YamlMember(Alias = "client-certificate")]
        public string ClientCertificate { get; set; }

        [YamlMember(Alias = "client-certificate-data")]
        public string ClientCertificateData { get; set; }

        [YamlMember(Alias = "client-key")]
        public string ClientKey { get; set; }

        [YamlMember(Alias = "client-key-data")]
        public string ClientKeyData { get; set; }

        [YamlMember(Alias = "token")]
        public string Token { get; set; }

        [YamlMember(Alias = "exec")]
        public ExecSection Exec { get; set; }
    }

    public sealed class ExecSection
    {
        [YamlMember(Alias = "apiVersion")]
        public string ApiVersion { get; set; }

        [YamlMember(Alias = "command")]
        public string Command { get; set; }

        [YamlMember(Alias = "args")]
        public List<string> Args { get; set; }

        [YamlMember(Alias = "env")]
        public List<ExecVariable> Env { get; set; }
    }

    public sealed class ExecVariable
    {
        [YamlMember(Alias = "name")]
        public string Name { get; set; }

        [YamlMember(Alias = "value")]
        public string Value { get; set; }
    }
}
