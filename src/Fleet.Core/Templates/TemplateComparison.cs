using System.Text.Json.Nodes;

namespace Fleet.Core.Templates;

/// <summary>Compares a version with the one it was copied from: AWS copies what is not given, but a copy is believed only when read back (AWS API reference, "CreateLaunchTemplateVersion").</summary>
public static class TemplateComparison
{
    /// <summary>The first difference in words; null when only the image differs, and is the wanted one. Snapshots of block devices may differ: they belong to the image.</summary>
    public static string? DifferenceBesidesImage(TemplateVersion source, TemplateVersion target, string imageId)
    {
        if (target.ImageId != imageId)
        {
            return $"ImageId is {target.ImageId ?? "absent"}, not {imageId}";
        }

        return Difference(Comparable(source.Data), Comparable(target.Data), "");
    }

    private static JsonNode? Comparable(string data)
    {
        var node = JsonNode.Parse(data);
        if (node is JsonObject root)
        {
            root.Remove("ImageId");
            if (root["BlockDeviceMappings"] is JsonArray devices)
            {
                foreach (var device in devices.OfType<JsonObject>())
                {
                    (device["Ebs"] as JsonObject)?.Remove("SnapshotId");
                }
            }
        }

        return node;
    }

    private static string? Difference(JsonNode? source, JsonNode? target, string path)
    {
        if (JsonNode.DeepEquals(source, target))
        {
            return null;
        }

        if (source is JsonObject before && target is JsonObject after)
        {
            foreach (var name in before.Select(member => member.Key).Union(after.Select(member => member.Key)))
            {
                if (Difference(before[name], after[name], path.Length == 0 ? name : $"{path}.{name}") is { } found)
                {
                    return found;
                }
            }
        }

        // Values may hold secrets (user data), so only the place is named.
        return $"{path} {(source is null ? "was added" : target is null ? "was dropped" : "differs")}";
    }
}
