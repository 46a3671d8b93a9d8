using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory.Pools;

namespace Fleet.Core.Templates;

/// <summary>
/// Launch template data with changes laid over it, under the API's member names. A structure that a request names replaces the inherited one as a whole (Amazon EC2 API, "CreateLaunchTemplateVersion"),
/// so that structures are merged here and given complete.
/// </summary>
public static class TemplateMerge
{
    private static readonly ImmutableArray<string> Marked = ["instance", "volume"];

    /// <summary>The data of a version with changes laid over it.</summary>
    /// <param name="data">The version's data as JSON.</param>
    /// <param name="changes">The changes.</param>
    public static JsonObject Of(string data, TemplateChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var merged = JsonNode.Parse(data)?.AsObject() ?? [];
        foreach (var (member, value) in Named(data, changes))
        {
            merged[member] = value?.DeepClone();
        }

        return merged;
    }

    /// <summary>The members that a request has to name, complete.</summary>
    /// <param name="data">The source version's data as JSON.</param>
    /// <param name="changes">The changes.</param>
    public static JsonObject Named(string data, TemplateChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var source = JsonNode.Parse(data)?.AsObject() ?? [];
        var named = new JsonObject { ["ImageId"] = changes.ImageId };
        if (changes.UserData is { } text)
        {
            named["UserData"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        }

        if (changes.MetadataHopLimit is { } hops)
        {
            var options = Copy(source["MetadataOptions"]);
            // What the version shows of its own making is no member of a request.
            options.Remove("State");
            options["HttpTokens"] = "required";
            options["HttpPutResponseHopLimit"] = hops;
            named["MetadataOptions"] = options;
        }

        if (changes.RootDevice is { } device)
        {
            var devices = Renamed(source, device, changes.FormerRoots);
            if (changes.RootVolume is { } volume)
            {
                named["BlockDeviceMappings"] = Devices(devices ?? source["BlockDeviceMappings"], device, volume);
            }
            else if (devices is not null)
            {
                named["BlockDeviceMappings"] = devices;
            }
        }

        if (changes.InstanceProfile is { } profile)
        {
            named["IamInstanceProfile"] = Profile(source["IamInstanceProfile"], profile);
        }

        if (!changes.Tags.IsEmpty)
        {
            named["TagSpecifications"] = Tags(source["TagSpecifications"], changes.Tags);
        }

        return named;
    }

    /// <summary>The mappings with that of the former root device under the new one's name; null where there is nothing to rename.</summary>
    private static JsonArray? Renamed(JsonObject source, string device, ImmutableSortedDictionary<string, string> formerRoots)
    {
        var devices = source["BlockDeviceMappings"]?.DeepClone().AsArray() ?? [];
        JsonObject? Of(string name) => devices.OfType<JsonObject>().FirstOrDefault(mapping => Text(mapping["DeviceName"]) == name);
        if (Text(source["ImageId"]) is not { } image || !formerRoots.TryGetValue(image, out var former) || former == device || Of(former) is not { } root || Of(device) is not null)
        {
            return null;
        }

        root["DeviceName"] = device;
        // The snapshot was the other image's.
        (root["Ebs"] as JsonObject)?.Remove("SnapshotId");
        return devices;
    }

    private static JsonArray Devices(JsonNode? source, string device, RootVolumeSpec volume)
    {
        var devices = source?.DeepClone().AsArray() ?? [];
        var root = devices.OfType<JsonObject>().FirstOrDefault(mapping => Text(mapping["DeviceName"]) == device);
        if (root is null)
        {
            root = new JsonObject { ["DeviceName"] = device };
            devices.Insert(0, root);
        }

        var ebs = Copy(root["Ebs"]);
        root["Ebs"] = ebs;
        // The root device is the image's: its snapshot is never inherited.
        ebs.Remove("SnapshotId");
        ebs["Encrypted"] = volume.Encrypted;
        if (volume.KmsKey is { } key)
        {
            ebs["KmsKeyId"] = key;
        }
        else if (!volume.Encrypted)
        {
            ebs.Remove("KmsKeyId");
        }

        if (volume.SizeGiB is { } size)
        {
            ebs["VolumeSize"] = size;
        }

        if (volume.Type is { } type && Text(ebs["VolumeType"]) != type)
        {
            // Operations and throughput were those of the other type.
            ebs["VolumeType"] = type;
            ebs.Remove("Iops");
            ebs.Remove("Throughput");
        }

        return devices;
    }

    private static JsonObject Profile(JsonNode? source, string profile)
    {
        // Names are unique in an account: an ARN that ends with the name is the same profile.
        var same = Text(source?["Arn"]) is { } arn && arn.Split('/')[^1] == profile;
        return same ? Copy(source) : new JsonObject { [profile.Contains(':', StringComparison.Ordinal) ? "Arn" : "Name"] = profile };
    }

    private static JsonArray Tags(JsonNode? source, ImmutableSortedDictionary<string, string> tags)
    {
        var specifications = source?.DeepClone().AsArray() ?? [];
        foreach (var type in Marked)
        {
            var specification = specifications.OfType<JsonObject>().FirstOrDefault(one => Text(one["ResourceType"]) == type);
            if (specification is null)
            {
                specification = new JsonObject { ["ResourceType"] = type };
                specifications.Add((JsonNode)specification);
            }

            var given = specification["Tags"]?.DeepClone().AsArray() ?? [];
            specification["Tags"] = given;
            foreach (var (key, value) in tags)
            {
                if (given.OfType<JsonObject>().FirstOrDefault(tag => Text(tag["Key"]) == key) is { } inherited)
                {
                    inherited["Value"] = value;
                }
                else
                {
                    given.Add((JsonNode)new JsonObject { ["Key"] = key, ["Value"] = value });
                }
            }
        }

        return specifications;
    }

    private static JsonObject Copy(JsonNode? node) => node?.DeepClone().AsObject() ?? [];

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
