using System.Text.Json;

namespace Fleet.Sdk.Aws;

/// <summary>JSON 1.1: times are seconds since the epoch, as a number.</summary>
internal sealed class JsonWriter(Utf8JsonWriter json) : WireWriter
{
    public override void Text(string name, string value)
    {
        if (value is not null)
        {
            Name(name);
            json.WriteStringValue(value);
        }
    }

    protected override void Literal(string name, string value)
    {
        Name(name);
        json.WriteRawValue(value);
    }

    public override void Time(string name, DateTime? value)
    {
        if (value is DateTime time)
        {
            Name(name);
            json.WriteNumberValue((time.ToUniversalTime() - DateTime.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond);
        }
    }

    public override void Object(string name, IWireInput value)
    {
        if (value is not null)
        {
            Name(name);
            json.WriteStartObject();
            value.Write(this);
            json.WriteEndObject();
        }
    }

    public override void List<T>(string name, List<T> values, Action<WireWriter, string, T> item, string itemName)
    {
        if (values is not null)
        {
            Name(name);
            json.WriteStartArray();
            values.ForEach(value => item(this, null, value));
            json.WriteEndArray();
        }
    }

    public override void Map<T>(string name, Dictionary<string, T> values, Action<WireWriter, string, T> item)
    {
        if (values is not null)
        {
            Name(name);
            json.WriteStartObject();
            foreach (var (key, value) in values)
            {
                item(this, key, value);
            }

            json.WriteEndObject();
        }
    }

    /// <summary>Items of a list have no name.</summary>
    private void Name(string name)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }
    }
}
