using System.Text;
using k8s;

namespace Fleet.Sdk.Tests.Kubernetes;

/// <summary>kubeconfig files of tests.</summary>
internal static class KubeConfigText
{
    /// <summary>One context of one cluster and one user; the fields come as lines of YAML.</summary>
    public static string With(string server, string cluster = "", string user = "") => $"""
        apiVersion: v1
        kind: Config
        current-context: only
        contexts:
        - name: only
          context: {"{"}cluster: c, user: u, namespace: apps{"}"}
        clusters:
        - name: c
          cluster:
            server: {server}
        {Indent(cluster)}
        users:
        - name: u
          user:
            x-other: kept out
        {Indent(user)}
        """;

    public static KubernetesClientConfiguration Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return KubernetesClientConfiguration.BuildConfigFromConfigFile(stream);
    }

    private static string Indent(string lines) => string.Join('\n', lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => "    " + line.TrimEnd()));
}
