using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Fleet.SdkGen;

namespace Fleet.Sdk.Tests.Aws;

/// <summary>Compares what the aws command printed with what the client read, in both directions.</summary>
internal sealed class AnswerComparer(string command, string operation)
{
    private readonly List<string> differences = [];
    private readonly List<(string Path, string Member)> unprinted = [];

    /// <summary>Members that the client read and the command did not print.</summary>
    public IReadOnlyList<(string Path, string Member)> Unprinted => unprinted;

    public IReadOnlyList<string> Differences(string printed, AmazonWebServiceResponse response)
    {
        if (printed.Trim().Length > 0)
        {
            using var document = JsonDocument.Parse(printed);
            Structure(operation, document.RootElement, response is RunInstancesResponse run ? run.Reservation : response);
        }

        return differences;
    }

    private void Structure(string path, JsonElement expected, object actual)
    {
        var type = actual.GetType();
        var named = expected.EnumerateObject().Where(member => member.Name != "ResponseMetadata").ToList();
        foreach (var member in named)
        {
            var property = type.GetProperty(PropertyName(type, member.Name));
            if (property is not null)
            {
                Value($"{path}.{member.Name}", member.Value, property.GetValue(actual));
            }
            else if (!KeepLists.Members.ContainsKey($"{(command == "ec2" ? "EC2" : command == "autoscaling" ? "AutoScaling" : command)}.{type.Name}"))
            {
                differences.Add($"{path}.{member.Name} is unknown to the client");
            }
        }

        var names = named.Select(member => PropertyName(type, member.Name)).ToHashSet();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.DeclaringType != typeof(AmazonWebServiceResponse) && !names.Contains(property.Name) && property.GetValue(actual) is not null)
            {
                unprinted.Add((path, property.Name));
            }
        }
    }

    private void Value(string path, JsonElement expected, object? actual)
    {
        switch (actual)
        {
            case null when expected.ValueKind == JsonValueKind.Array && expected.GetArrayLength() == 0:
                return;
            case string or ConstantClass or DateTime or bool or int or long or double:
                var printed = path == "GetConsoleOutput.Output" ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(expected.GetString()!)) : expected.ToString();
                if (!Same(printed, actual))
                {
                    differences.Add($"{path}: the command prints {printed}, the client reads {actual}");
                }

                return;
            case IList list when expected.GetArrayLength() == list.Count:
                for (var index = 0; index < list.Count; index++)
                {
                    Value($"{path}[{index}]", expected[index], list[index]);
                }

                return;
            case IDictionary map when expected.EnumerateObject().Count() == map.Count:
                foreach (var entry in expected.EnumerateObject())
                {
                    Value($"{path}.{entry.Name}", entry.Value, map[entry.Name]);
                }

                return;
            case not null and not IList and not IDictionary:
                Structure(path, expected, actual);
                return;
            default:
                differences.Add($"{path}: the command prints {expected}, the client reads {actual ?? "nothing"}");
                return;
        }
    }

    private static bool Same(string printed, object actual) => actual switch
    {
        DateTime time => time.Kind == DateTimeKind.Utc
            && Math.Abs((Instant(printed) - time).TotalMilliseconds) < 1,
        bool flag => string.Equals(printed, flag.ToString(), StringComparison.OrdinalIgnoreCase),
        // A constant is found whatever the case of the answer, and has its own.
        ConstantClass constant => string.Equals(constant.Value, printed, StringComparison.OrdinalIgnoreCase),
        double number => number.Equals(double.Parse(printed, CultureInfo.InvariantCulture)),
        _ => Convert.ToString(actual, CultureInfo.InvariantCulture) == printed,
    };

    /// <summary>The command prints a time as it came: as ISO 8601 or as seconds since the epoch.</summary>
    private static DateTime Instant(string printed) => double.TryParse(printed, CultureInfo.InvariantCulture, out var seconds)
        ? DateTime.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000))
        : DateTime.Parse(printed, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    /// <summary>The names that the official client gives otherwise than the model.</summary>
    private static string PropertyName(Type type, string member) => (type.Name, member) switch
    {
        ("IpPermission", "IpRanges") => "Ipv4Ranges",
        ("PrefixListId", "PrefixListId") => "Id",
        ("InstanceStatus", "InstanceStatus") => "Status",
        _ => char.ToUpperInvariant(member[0]) + member[1..],
    };
}
