using System.Text.Json;

namespace Fleet.SdkGen;

/// <summary>One AWS service of the models: how it is named and which operations are generated.</summary>
/// <param name="Model">The service model.</param>
/// <param name="Namespace">The part after "Amazon." in namespaces, also of client, configuration and exception names.</param>
/// <param name="Operations">The operations kept.</param>
internal sealed record Service(JsonElement Model, string Namespace, string[] Operations)
{
    public string Protocol => Metadata("protocol");

    public bool IsEc2 => Protocol == "ec2";

    public string Client => "Amazon" + Namespace;

    public JsonElement Shape(string name) => Model.GetProperty("shapes").GetProperty(name);

    public JsonElement Operation(string name) => Model.GetProperty("operations").GetProperty(name);

    public string Metadata(string name) => Model.GetProperty("metadata").GetProperty(name).GetString()!;
}
