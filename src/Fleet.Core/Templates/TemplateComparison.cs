using System.Text.Json.Nodes;

namespace Fleet.Core.Templates;

/// <summary>Compares a version with what it should be: AWS copies what is not given, but a copy is believed only when read back (AWS API reference, "CreateLaunchTemplateVersion").</summary>
public static class TemplateComparison
{
    /// <summary>Whether a version has the image and everything else that changes would bring, so that none has to be written.</summary>
    public static bool Has(TemplateVersion version, TemplateChanges changes)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(changes);
        return version.ResolvedImageId == changes.ImageId && Difference(Shape(TemplateMerge.Of(version.Data, changes)), Shape(JsonNode.Parse(version.Data)), "") is null;
    }

    /// <summary>The first difference, in words, of a version from its source with changes laid over it; null when there is none. Snapshots of block devices may differ: they belong to the image.</summary>
    public static string? Unintended(TemplateVersion source, TemplateVersion target, TemplateChanges changes)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(changes);
        return target.ImageId != changes.ImageId
            ? $"ImageId is {target.ImageId ?? "absent"}, not {changes.ImageId}"
            : Difference(Shape(TemplateMerge.Of(source.Data, changes)), Shape(JsonNode.Parse(target.Data)), "");
    }

    private static JsonObject Shape(JsonNode? data)
    {
        var shape = TemplateShape.Of(data);
        shape.Remove("ImageId");
        return shape;
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
