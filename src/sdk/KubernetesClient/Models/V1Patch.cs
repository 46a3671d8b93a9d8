using System.Text.Json.Serialization;

namespace k8s.Models;

[JsonConverter(typeof(PatchConverter))]
public record V1Patch
{
    public V1Patch(object body, PatchType type)
    {
        Content = body ?? throw new ArgumentNullException(nameof(body), "object must be set");
        Type = type == PatchType.Unknown ? throw new ArgumentException("patch type must be set", nameof(type)) : type;
    }

    public enum PatchType
    {
        Unknown = 0,
        JsonPatch = 1,
        MergePatch = 2,
        StrategicMergePatch = 3,
        ApplyPatch = 4,
    }

    [JsonIgnore]
    public object Content { get; }

    [JsonIgnore]
    public PatchType Type { get; }
}
