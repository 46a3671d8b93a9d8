using System.Text.Json;

namespace Fleet.SdkGen;

/// <summary>All generated files of the stand-ins, by their path below src/sdk.</summary>
public static class Generator
{
    /// <summary>Reads the models of <paramref name="models"/> and returns path and content of each file.</summary>
    public static IReadOnlyDictionary<string, string> Generate(string models)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        (string File, string Package, string[] Operations)[] services =
        [
            ("ec2.json", "EC2", KeepLists.Ec2),
            ("autoscaling.json", "AutoScaling", KeepLists.AutoScaling),
            ("ssm.json", "SimpleSystemsManagement", KeepLists.Ssm),
        ];
        foreach (var (file, package, operations) in services)
        {
            using var model = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(models, file)));
            foreach (var (name, content) in new AwsWriter(new Service(model.RootElement, package, operations)).Files())
            {
                files.Add($"AWSSDK.{package}/{name}", content);
            }
        }

        using var kubernetes = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(models, "kubernetes.json")));
        foreach (var (name, content) in new KubeWriter(kubernetes.RootElement).Files())
        {
            files.Add($"KubernetesClient/{name}", content);
        }

        return files;
    }
}
