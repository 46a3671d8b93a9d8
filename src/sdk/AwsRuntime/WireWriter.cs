using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;

namespace Fleet.Sdk.Aws;

/// <summary>Writes the members of a request; a member that is null is not sent.</summary>
internal abstract class WireWriter
{
    public abstract void Text(string name, string value);

    /// <summary>A number or a truth value in its literal form; quoted only where the protocol has nothing but text.</summary>
    protected abstract void Literal(string name, string value);

    public abstract void Object(string name, IWireInput value);

    /// <summary>A list; <paramref name="itemName"/> is what the query protocol calls an item.</summary>
    public abstract void List<T>(string name, List<T> values, Action<WireWriter, string, T> item, string itemName = "member");

    public abstract void Map<T>(string name, Dictionary<string, T> values, Action<WireWriter, string, T> item);

    public abstract void Time(string name, DateTime? value);

    public void Text(string name, ConstantClass value) => Text(name, value?.Value);

    public void Number(string name, int? value) => Optional(name, value is int number ? StringUtils.FromInt(number) : null);

    public void Number(string name, long? value) => Optional(name, value is long number ? StringUtils.FromLong(number) : null);

    public void Number(string name, double? value) => Optional(name, value is double number ? StringUtils.FromDouble(number) : null);

    public void Flag(string name, bool? value) => Optional(name, value is bool flag ? (flag ? "true" : "false") : null);

    public void Blob(string name, MemoryStream value) => Text(name, value is null ? null : Convert.ToBase64String(value.ToArray()));

    private void Optional(string name, string value)
    {
        if (value is not null)
        {
            Literal(name, value);
        }
    }
}
