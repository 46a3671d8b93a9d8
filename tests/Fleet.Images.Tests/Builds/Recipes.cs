using System.Text.Json.Nodes;

namespace Fleet.Images.Tests.Builds;

/// <summary>The variables that a recipe gives, as far as nothing is built.</summary>
internal static class Recipes
{
    private static JsonObject Artifact(string version) => new() { ["version"] = version, ["url"] = "https://example.com/file", ["sha256"] = new string('0', 64) };

    public static JsonObject Of(string template, string arch) => template == "spark" ? Spark(arch) : Worker(arch);

    public static JsonObject Worker(string arch = "amd64")
    {
        var variables = Common("worker", arch);
        variables["kubernetes_version"] = "1.34.2";
        variables["kubernetes_repository"] = new JsonObject { ["url"] = "https://example.com/kubernetes", ["key_url"] = "https://example.com/key.asc", ["key_sha256"] = new string('0', 64) };
        variables["kubernetes_cni_version"] = "1.7.1-1.1";
        variables["cri_tools_version"] = "1.34.0-1.1";
        variables["containerd"] = Artifact("2.1.4");
        variables["runc"] = Artifact("1.3.0");
        variables["ecr_credential_provider"] = Artifact("1.34.0");
        variables["ssm_agent"] = Artifact("3.3.1957.0");
        variables["pause_image"] = "images.example.com/pause:3.10";
        return variables;
    }

    public static JsonObject Spark(string arch = "amd64")
    {
        var variables = Common("spark", arch);
        variables["source_ami"] = "ami-0123456789abcdef0";
        variables["jdk"] = Artifact("17.0.13+11");
        variables["hadoop"] = Artifact("3.4.1");
        return variables;
    }

    private static JsonObject Common(string recipe, string arch) => new()
    {
        ["recipe"] = recipe,
        ["image_version"] = "1.34.2-4f1c2d3e",
        ["run"] = "01jx7",
        ["ami_name"] = $"fleet-{recipe}-1.34.2-4f1c2d3e",
        ["region"] = "eu-west-1",
        ["arch"] = arch,
        ["instance_type"] = arch == "amd64" ? "m6i.large" : "m6g.large",
    };
}
