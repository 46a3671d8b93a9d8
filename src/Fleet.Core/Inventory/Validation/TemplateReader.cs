using Fleet.Core.Inventory.Documents;
using Fleet.Core.Inventory.Pools;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads <c>spec.template</c> of a NodePool.</summary>
internal static class TemplateReader
{
    private const int MostTags = 40;

    private static readonly Dictionary<string, UserDataTemplate> UserData = new() { ["worker"] = UserDataTemplate.Worker };

    private static readonly Dictionary<string, bool> VolumeTypes = new() { ["gp3"] = true, ["gp2"] = true };

    /// <summary>The template; null where the map is absent.</summary>
    public static TemplateSpec? Read(FieldReader? template)
    {
        if (template is null)
        {
            return null;
        }

        var spec = new TemplateSpec
        {
            UserData = template.Choice("userData", UserData),
            MetadataHopLimit = HopLimit(template.Map("metadata")),
            RootVolume = RootVolume(template.Map("rootVolume")),
            InstanceProfile = template.Text("instanceProfile", PoolFormats.InstanceProfile),
            Tags = Tags(template),
        };
        template.Close();
        return spec;
    }

    private static int HopLimit(FieldReader? metadata)
    {
        if (metadata is null)
        {
            return 1;
        }

        if (metadata.Find("httpTokens") is { } tokens && tokens is not DocumentScalar { Text: "required" })
        {
            var value = (tokens as DocumentScalar)?.Text;
            metadata.Fail("httpTokens", "invalid-value", value, "required",
                $"{metadata.Path("httpTokens")} is {(value is null ? tokens.Shape : $"'{value}'")}; allowed: required, since without a token whatever runs on the machine could fetch its role's credentials");
        }

        var limit = metadata.Number("hopLimit", 1, 64) ?? 1;
        metadata.Close();
        return limit;
    }

    private static RootVolumeSpec? RootVolume(FieldReader? volume)
    {
        if (volume is null)
        {
            return null;
        }

        volume.Choice("type", VolumeTypes);
        var spec = new RootVolumeSpec
        {
            Encrypted = volume.Flag("encrypted") ?? true,
            KmsKey = volume.Text("kmsKey", RecipeFormats.KmsKey),
            SizeGiB = volume.Number("sizeGiB", 1, 65536),
            Type = (volume.Find("type") as DocumentScalar)?.Text,
        };
        if (spec is { Encrypted: false, KmsKey: { } key })
        {
            volume.Fail("kmsKey", "conflict", key, "a key where encrypted is true", $"{volume.Path("kmsKey")} is '{key}', but {volume.Path("encrypted")} is false: a key encrypts");
        }

        volume.Close();
        return spec;
    }

    private static SortedDictionary<string, string> Tags(FieldReader template)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (template.Map("tags") is { } map)
        {
            foreach (var key in map.Names(RecipeFormats.TagKey))
            {
                if (map.Find(key) is null or DocumentScalar { Text: "" })
                {
                    tags[key] = "";
                }
                else if (map.Text(key, RecipeFormats.TagValue) is { } value)
                {
                    tags[key] = value;
                }
            }

            map.Close();
        }

        if (tags.Count > MostTags)
        {
            template.Fail("tags", "invalid-value", $"{tags.Count}", $"at most {MostTags}", $"{template.Path("tags")} has {tags.Count} tags; allowed: at most {MostTags}, since a resource has fifty with those of its group and its cluster");
        }

        return tags;
    }
}
