using System.Text;
using System.Text.Json.Nodes;

namespace Fleet.Core.Templates;

/// <summary>Launch template data in the one shape in which two versions are compared: what AWS fills in or orders as it likes is taken out.</summary>
internal static class TemplateShape
{
    /// <summary>Members of the metadata options at these values say what holds without them (Amazon EC2 API, "LaunchTemplateInstanceMetadataOptionsRequest").</summary>
    private static readonly Dictionary<string, string> MetadataDefaults = new() { ["HttpEndpoint"] = "enabled", ["HttpProtocolIpv6"] = "disabled", ["InstanceMetadataTags"] = "disabled" };

    /// <summary>The data as a tree of maps, lists as maps by what their items are named by, user data as text where it is text.</summary>
    public static JsonObject Of(JsonNode? data)
    {
        // Anew from its text: numbers that were set and numbers that were read are one kind then.
        var shape = JsonNode.Parse(data?.ToJsonString() ?? "{}")!.AsObject();
        if (shape["MetadataOptions"] is JsonObject options)
        {
            options.Remove("State");
            foreach (var (member, value) in MetadataDefaults)
            {
                if (Text(options[member]) == value)
                {
                    options.Remove(member);
                }
            }
        }

        Name(shape, "BlockDeviceMappings", "DeviceName", device => device);
        Name(shape, "TagSpecifications", "ResourceType", specification => specification);
        foreach (var specification in (shape["TagSpecifications"] as JsonObject ?? []).Select(member => member.Value).OfType<JsonObject>())
        {
            foreach (var tag in (specification["Tags"] as JsonArray ?? []).OfType<JsonObject>())
            {
                tag["Value"] ??= "";
            }

            Name(specification, "Tags", "Key", tag => tag["Value"]);
        }

        foreach (var device in (shape["BlockDeviceMappings"] as JsonObject ?? []).Select(member => member.Value).OfType<JsonObject>())
        {
            // Snapshots belong to the image.
            (device["Ebs"] as JsonObject)?.Remove("SnapshotId");
        }

        if (Text(shape["UserData"]) is { } coded && Decoded(coded) is { } text)
        {
            shape["UserData"] = text;
        }

        return shape;
    }

    /// <summary>User data as text; null where it is none, e.g. compressed.</summary>
    public static string? Decoded(string coded)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(coded));
        }
        catch (Exception error) when (error is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A list whose items are named becomes a map; one that names something twice stays as it is.</summary>
    private static void Name(JsonObject parent, string member, string name, Func<JsonObject, JsonNode?> value)
    {
        if (parent[member] is not JsonArray items || items.OfType<JsonObject>().Select(item => Text(item[name])).ToList() is not { } names || names.Count != items.Count || names.Contains(null) || names.Distinct().Count() != names.Count)
        {
            return;
        }

        var map = new JsonObject();
        foreach (var (item, key) in items.OfType<JsonObject>().Zip(names))
        {
            item.Remove(name);
            map[key!] = value(item)?.DeepClone();
        }

        parent[member] = map;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
