using System.Text.Json;

namespace Fleet.Core.Retirement;

/// <summary>Spec and state of a sweep as they are stored.</summary>
public static class SweepJson
{
    /// <summary>Writes a spec or a state.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    /// <summary>Reads a spec or a state.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web) ?? throw new InvalidDataException("a stored document is empty");
}
