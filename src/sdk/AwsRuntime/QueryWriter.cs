using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;

namespace Fleet.Sdk.Aws;

/// <summary>The query protocols: parts of a name are joined by dots; Auto Scaling numbers the items of a list below "member", EC2 directly below the name.</summary>
internal sealed class QueryWriter(ParameterCollection parameters, bool flatLists) : WireWriter
{
    private string prefix = "";

    public override void Text(string name, string value)
    {
        if (value is not null)
        {
            Literal(name, value);
        }
    }

    protected override void Literal(string name, string value) => parameters.Add(prefix + name, value);

    public override void Time(string name, DateTime? value) =>
        Text(name, value is DateTime time ? StringUtils.FromDateTimeToISO8601WithOptionalMs(time) : null);

    public override void Object(string name, IWireInput value)
    {
        if (value is not null)
        {
            Below(name, () => value.Write(this));
        }
    }

    public override void List<T>(string name, List<T> values, Action<WireWriter, string, T> item, string itemName)
    {
        for (var index = 0; index < (values?.Count ?? 0); index++)
        {
            item(this, flatLists ? $"{name}.{index + 1}" : $"{name}.{itemName}.{index + 1}", values![index]);
        }
    }

    public override void Map<T>(string name, Dictionary<string, T> values, Action<WireWriter, string, T> item) =>
        throw new NotSupportedException($"No operation in use sends a map ({name}) over a query protocol.");

    private void Below(string name, Action write)
    {
        var outer = prefix;
        prefix += name + ".";
        write();
        prefix = outer;
    }
}
