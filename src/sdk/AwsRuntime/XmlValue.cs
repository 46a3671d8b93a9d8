using System.Globalization;
using System.Xml.Linq;

namespace Fleet.Sdk.Aws;

/// <summary>Both query protocols answer in XML. Every child element of a list is an item, whatever its name.</summary>
internal sealed class XmlValue(XElement element) : WireValue
{
    public override string Text() => element.Value;

    // An empty element says nothing of a number, a truth value or a time.
    public override int? Int32() => element.Value.Length == 0 ? null : int.Parse(element.Value, CultureInfo.InvariantCulture);

    public override long? Int64() => element.Value.Length == 0 ? null : long.Parse(element.Value, CultureInfo.InvariantCulture);

    public override double? Double() => element.Value.Length == 0 ? null : double.Parse(element.Value, CultureInfo.InvariantCulture);

    public override bool? Flag() => element.Value.Length == 0 ? null : bool.Parse(element.Value);

    public override DateTime? Time() => element.Value.Length == 0
        ? null
        : DateTime.Parse(element.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public override List<T> List<T>(Func<WireValue, T> item)
    {
        var items = element.Elements().Select(child => item(new XmlValue(child))).ToList();
        return items.Count == 0 ? null : items;
    }

    public override Dictionary<string, T> Map<T>(Func<WireValue, T> item) =>
        throw new NotSupportedException($"No operation in use answers with a map ({element.Name.LocalName}) over a query protocol.");

    public override void Into(IWireOutput target)
    {
        foreach (var child in element.Elements())
        {
            target.Read(child.Name.LocalName, new XmlValue(child));
        }
    }
}
