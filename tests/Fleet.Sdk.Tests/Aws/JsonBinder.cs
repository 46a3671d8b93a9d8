using System.Collections;
using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;

namespace Fleet.Sdk.Tests.Aws;

/// <summary>Fills a request from JSON in the service model's names.</summary>
internal static class JsonBinder
{
    public static object Bind(Type type, JsonElement json)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (typeof(ConstantClass).IsAssignableFrom(target))
        {
            return Activator.CreateInstance(target, json.GetString())!;
        }

        if (target == typeof(string) || target == typeof(bool))
        {
            // A wrapper of one value is unwrapped in the client.
            var value = json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().Single().Value : json;
            return target == typeof(bool) ? value.GetBoolean() : value.GetString()!;
        }

        if (target == typeof(DateTime))
        {
            return DateTime.Parse(json.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        }

        if (target.IsPrimitive)
        {
            return Convert.ChangeType(json.GetDouble(), target, CultureInfo.InvariantCulture);
        }

        if (typeof(IDictionary).IsAssignableFrom(target))
        {
            return BindMap(target, json);
        }

        return typeof(IEnumerable).IsAssignableFrom(target) ? BindList(target, json) : BindObject(target, json);
    }

    private static IList BindList(Type type, JsonElement json)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var item in json.EnumerateArray())
        {
            list.Add(Bind(type.GetGenericArguments()[0], item));
        }

        return list;
    }

    private static IDictionary BindMap(Type type, JsonElement json)
    {
        var map = (IDictionary)Activator.CreateInstance(type)!;
        foreach (var entry in json.EnumerateObject())
        {
            map.Add(entry.Name, Bind(type.GetGenericArguments()[1], entry.Value));
        }

        return map;
    }

    private static object BindObject(Type type, JsonElement json)
    {
        var target = Activator.CreateInstance(type)!;
        foreach (var member in json.EnumerateObject())
        {
            var property = type.GetProperty(char.ToUpperInvariant(member.Name[0]) + member.Name[1..]).ShouldNotBeNull($"{type.Name}.{member.Name}");
            property.SetValue(target, Bind(property.PropertyType, member.Value));
        }

        return target;
    }
}
