using System.Text;

namespace Fleet.Kubernetes.Tests;

/// <summary>A kubeconfig of one context, in a folder that goes with it.</summary>
internal sealed class TemporaryKubeconfig : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-kubernetes-").FullName;

    public TemporaryKubeconfig(string server, string? authorityPem = null, string user = "\"token\": \"t\"")
    {
        var trust = authorityPem is null ? "" : $", \"certificate-authority-data\": \"{Base64(authorityPem)}\"";
        File.WriteAllText(FilePath, $$"""
            { "apiVersion": "v1", "kind": "Config", "current-context": "c",
              "clusters": [{ "name": "c", "cluster": { "server": "{{server}}"{{trust}} } }],
              "contexts": [{ "name": "c", "context": { "cluster": "c", "user": "u" } }],
              "users": [{ "name": "u", "user": { {{user}} } }] }
            """);
    }

    public string FilePath => Path.Combine(_folder, "config");

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
