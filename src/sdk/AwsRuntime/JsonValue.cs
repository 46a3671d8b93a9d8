using System.Globalization;
using System.Text.Json;

namespace Fleet.Sdk.Aws;

/// <summary>A member of a JSON 1.1 answer.</summary>
internal sealed class JsonValue(JsonElement element) : WireValue
{
    public override string Text() => element.GetString();

    public override int? Int32() => element.GetInt32();

    public override long? Int64() => element.GetInt64();

    public override double? Double() => element.GetDouble();

    public override bool? Flag() => element.GetBoolean();

    public override DateTime? Time() => element.ValueKind == JsonValueKind.Number
        ? DateTime.UnixEpoch.AddTicks((long)(element.GetDecimal() * TimeSpan.TicksPerSecond))
        : DateTime.Parse(element.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public override List<T> List<T>(Func<WireValue, T> item) =>
        element.EnumerateArray().Select(child => child.ValueKind == JsonValueKind.Null ? default : item(new JsonValue(child))).ToList();

    public override Dictionary<string, T> Map<T>(Func<WireValue, T> item) =>
        element.EnumerateObject().ToDictionary(pair => pair.Name, pair => item(new JsonValue(pair.Value)));

    public override void Into(IWireOutput target)
    {
        foreach (var pair in element.EnumerateObject().Where(pair => pair.Value.ValueKind != JsonValueKind.Null))
        {
            target.Read(pair.Name, new JsonValue(pair.Value));
        }
    }
}
