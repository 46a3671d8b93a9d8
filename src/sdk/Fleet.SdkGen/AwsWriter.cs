using System.Text.Json;

namespace Fleet.SdkGen;

/// <summary>Writes a service's client, requests, responses, structures, constants and exceptions.</summary>
internal sealed class AwsWriter(Service service)
{
    private readonly Reach reach = new(service);
    private readonly ShapeTypes types = new(service);

    /// <summary>File name and content.</summary>
    public IEnumerable<(string Name, string Content)> Files()
    {
        yield return ("Client.g.cs", new AwsClientWriter(service, reach).Client());
        yield return ("Exceptions.g.cs", new AwsClientWriter(service, reach).Exceptions());
        yield return ("Constants.g.cs", Constants());
        yield return ("Operations.g.cs", Operations());
        yield return ("Structures.g.cs", Structures());
    }

    private string Operations()
    {
        var source = new Source("Amazon.Runtime", "Fleet.Sdk.Aws").Line($"namespace Amazon.{service.Namespace}.Model;");
        foreach (var name in service.Operations)
        {
            var operation = service.Operation(name);
            var input = operation.TryGetProperty("input", out var i) ? i.Text("shape") : null;
            var output = operation.TryGetProperty("output", out var o) ? o.Text("shape") : null;
            Class(source, $"{name}Request", $"{service.Client}Request", Members(input), sent: true, received: false);
            if (service.IsEc2 && name == "RunInstances")
            {
                source.Line().Block("public partial class RunInstancesResponse : AmazonWebServiceResponse, IWireOutput", () => source
                    .Line("public Reservation Reservation { get; set; } = new();")
                    .Line("void IWireOutput.Read(string name, WireValue value) => ((IWireOutput)Reservation).Read(name, value);"));
                continue;
            }

            Class(source, $"{name}Response", "AmazonWebServiceResponse", Members(output), sent: false, received: true);
        }

        return source.ToString();
    }

    private string Structures()
    {
        var source = new Source("Fleet.Sdk.Aws").Line($"namespace Amazon.{service.Namespace}.Model;");
        foreach (var shape in reach.Sent.Union(reach.Received).Order(StringComparer.Ordinal))
        {
            Class(source, shape.Upper(), null, Members(shape), reach.Sent.Contains(shape), reach.Received.Contains(shape));
        }

        return source.ToString();
    }

    private List<JsonProperty> Members(string? shape) => shape is null ? [] : [.. Reach.Members(service, shape)];

    private void Class(Source source, string name, string? baseType, List<JsonProperty> members, bool sent, bool received)
    {
        string[] bases = [.. new[] { baseType, sent ? "IWireInput" : null, received ? "IWireOutput" : null }.OfType<string>()];
        source.Line().Block($"public partial class {name} : {string.Join(", ", bases)}", () =>
        {
            foreach (var member in members)
            {
                var shape = member.Value.Text("shape")!;
                var isUnwrapped = service.IsEc2 && ShapeTypes.Unwrapped.TryGetValue(shape, out _);
                var type = types.Type(isUnwrapped ? ShapeTypes.Unwrapped[shape].Shape : shape);
                source.Property(type, PropertyName(name, member.Name), types.IsCollection(shape));
            }

            if (sent)
            {
                source.Block("void IWireInput.Write(WireWriter writer)", () => members.ForEach(member => WriteMember(source, name, member)));
            }

            if (received)
            {
                source.Block("void IWireOutput.Read(string name, WireValue value)", () => ReadMembers(source, name, members));
            }
        });
    }

    private void WriteMember(Source source, string owner, JsonProperty member)
    {
        var shape = member.Value.Text("shape")!;
        var wire = SentName(member);
        if (service.IsEc2 && ShapeTypes.Unwrapped.TryGetValue(shape, out var inner))
        {
            (wire, shape) = ($"{wire}.{inner.Member}", inner.Shape);
        }

        source.Line(types.Write(shape, "writer", $"\"{wire}\"", PropertyName(owner, member.Name)) + ";");
    }

    private void ReadMembers(Source source, string owner, List<JsonProperty> members)
    {
        if (members.Count == 0)
        {
            return;
        }

        source.Block("switch (name)", () => members.ForEach(member => source.Line(
            $"case \"{member.Value.Text("locationName") ?? member.Name}\": {PropertyName(owner, member.Name)} = {types.Read(member.Value.Text("shape")!, "value")}; break;")));
    }

    /// <summary>EC2: queryName, else locationName with an upper first letter, else the member's name. Elsewhere locationName or the member's name.</summary>
    private string SentName(JsonProperty member) =>
        service.IsEc2
        ? member.Value.Text("queryName") ?? member.Value.Text("locationName")?.Upper() ?? member.Name
        : member.Value.Text("locationName") ?? member.Name;

    /// <summary>C# forbids a member the name of its class; these are the names the official client found for it.</summary>
    private static string PropertyName(string owner, string member) => (owner, member.Upper()) switch
    {
        ("InstanceStatus", "InstanceStatus") => "Status",
        ("PrefixListId", "PrefixListId") => "Id",
        ("IpPermission", "IpRanges") => "Ipv4Ranges",
        (_, var name) => name,
    };

    private string Constants()
    {
        var source = new Source("Amazon.Runtime").Line($"namespace Amazon.{service.Namespace};");
        foreach (var shape in reach.Enumerations)
        {
            var name = shape.Upper();
            source.Line().Block($"public class {name} : ConstantClass", () =>
            {
                foreach (var value in service.Shape(shape).Items("enum").Select(item => item.GetString()!))
                {
                    source.Line($"public static readonly {name} {ConstantName(value)} = new(\"{value}\");");
                }

                source.Line($"public {name}(string value) : base(value) {{ }}");
                source.Line($"public static {name} FindValue(string value) => FindValue<{name}>(value);");
                source.Line($"public static implicit operator {name}(string value) => FindValue(value);");
            });
        }

        return source.ToString();
    }

    private static string ConstantName(string value) => string.Concat(
        value.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal)
            .Split(['-', '/', '.', ' ', ':'], StringSplitOptions.RemoveEmptyEntries).Select(part => part.Upper()));
}
