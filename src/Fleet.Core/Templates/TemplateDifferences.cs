using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Fleet.Core.Templates;

/// <summary>What a new version changes, field by field, to be shown before it is written.</summary>
public static class TemplateDifferences
{
    private const string UserData = "UserData";

    /// <summary>The fields in which a version with changes laid over it differs from it; none where it has them already.</summary>
    /// <param name="source">The version that the group uses.</param>
    /// <param name="changes">The changes.</param>
    public static ImmutableArray<TemplateDifference> Of(TemplateVersion source, TemplateChanges changes)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(changes);
        return Between(JsonNode.Parse(source.Data), TemplateMerge.Of(source.Data, changes));
    }

    /// <summary>The fields in which a version that exists differs from another.</summary>
    /// <param name="source">The version that the group uses.</param>
    /// <param name="target">The version that it shall use.</param>
    public static ImmutableArray<TemplateDifference> Of(TemplateVersion source, TemplateVersion target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        return Between(JsonNode.Parse(source.Data), JsonNode.Parse(target.Data));
    }

    private static ImmutableArray<TemplateDifference> Between(JsonNode? before, JsonNode? after)
    {
        var differences = ImmutableArray.CreateBuilder<TemplateDifference>();
        Compare(TemplateShape.Of(before), TemplateShape.Of(after), "", differences);
        return differences.ToImmutable();
    }

    private static void Compare(JsonObject before, JsonObject after, string path, ImmutableArray<TemplateDifference>.Builder differences)
    {
        foreach (var name in before.Select(member => member.Key).Union(after.Select(member => member.Key)))
        {
            var (old, now) = (before[name], after[name]);
            var field = path.Length == 0 ? name : $"{path}.{name}";
            if (JsonNode.DeepEquals(old, now))
            {
                continue;
            }

            if (old is JsonObject or null && now is JsonObject or null)
            {
                Compare(old as JsonObject ?? [], now as JsonObject ?? [], field, differences);
            }
            else if (field == UserData)
            {
                differences.Add(new(field, Digest(old), Digest(now), LineDifference.Of((string?)old ?? "", (string?)now ?? "")));
            }
            else
            {
                differences.Add(new(field, Text(old), Text(now), []));
            }
        }
    }

    private static string? Digest(JsonNode? text) =>
        (string?)text is { } data ? $"sha256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..12]}, {Encoding.UTF8.GetByteCount(data)} bytes" : null;

    private static string? Text(JsonNode? value) => value is null ? null
        : SecretMask.Of(value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : value.ToJsonString());
}
