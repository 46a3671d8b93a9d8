using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Images.Builds;

namespace Fleet.Tools.Packer;

/// <summary>The variables of a build as a file: what Fleet sets, what the recipe sets, and no secret.</summary>
internal static class PackerVariables
{
    /// <summary>Writes the file, which nobody else can read.</summary>
    /// <param name="order">The order.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>Its path.</returns>
    public static string Write(BuildOrder order, string folder)
    {
        var path = Path.Combine(folder, "fleet.pkrvars.json");
        using var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        JsonSerializer.Serialize(stream, Of(order, folder));
        return path;
    }

    private static JsonObject Of(BuildOrder order, string folder)
    {
        var variables = new JsonObject();
        foreach (var (name, value) in order.Variables)
        {
            variables[name] = JsonNode.Parse(value);
        }

        variables["recipe"] = order.Recipe;
        variables["image_version"] = order.Version;
        variables["run"] = order.Run;
        variables["ami_name"] = order.ImageName;
        variables["tags"] = new JsonObject(order.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        variables["manifest"] = Path.Combine(folder, "manifest.json");
        variables["region"] = order.Region;
        variables["ec2_endpoint"] = order.Ec2Endpoint ?? "";
        variables["arch"] = order.Architecture == "arm64" ? "arm64" : "amd64";
        variables["kms_key_id"] = order.KmsKey ?? "";
        variables["source_ami"] = order.SourceImage;
        if (order.KubernetesVersion is { } version)
        {
            variables["kubernetes_version"] = version;
        }

        return variables;
    }
}
