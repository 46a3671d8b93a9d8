using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using static Fleet.Sandbox.Aws.AwsDocument;

namespace Fleet.Sandbox.Aws;

/// <summary>The SSM operations that are served: parameters and Run Command.</summary>
internal static class SsmActions
{
    public static IReadOnlyDictionary<string, Func<CloudApi, World, JsonObject, JsonObject>> All { get; } = CommandActions.All.Concat(Parameters()).ToDictionary();

    private static Dictionary<string, Func<CloudApi, World, JsonObject, JsonObject>> Parameters() => new()
    {
        ["GetParameter"] = (api, world, request) => Of(("Parameter", View(world, api.GetParameter(request.Need("Name")), request))),
        ["GetParameters"] = (api, world, request) =>
        {
            var names = request.Texts("Names");
            var found = api.GetParameters(names);
            return Of(
                ("Parameters", List(found, parameter => View(world, parameter, request))),
                ("InvalidParameters", List(names.Except(found.Select(parameter => parameter.Name)), name => name)));
        },
        ["GetParametersByPath"] = (api, world, request) =>
        {
            var page = api.GetParametersByPath(request.Need("Path"), request.Flag("Recursive") ?? false, request.Text("NextToken"), request.Number("MaxResults") ?? 10);
            return Of(("Parameters", List(page.Items, parameter => View(world, parameter, request))), ("NextToken", page.NextToken));
        },
        ["DeleteParameter"] = (api, _, request) =>
        {
            api.DeleteParameter(request.Need("Name"));
            return [];
        },
        ["PutParameter"] = (api, _, request) =>
            Of(("Version", api.PutParameter(request.Need("Name"), request.Need("Value"), request.Text("Type"), request.Flag("Overwrite") ?? false, request.Text("KeyId"), request.Text("Description")).Version), ("Tier", "Standard")),
    };

    /// <summary>A parameter as an answer shows it; who does not ask for it decrypted sees no more of a SecureString than of any other cipher.</summary>
    private static JsonObject View(World world, Parameter parameter, JsonObject request) => Of(
        ("Name", parameter.Name),
        ("Type", parameter.Type),
        ("Value", parameter.Type == Parameter.Secure && request.Flag("WithDecryption") != true ? Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(parameter.Value))) : parameter.Value),
        ("Version", parameter.Version),
        ("LastModifiedDate", parameter.Modified.ToUnixTimeMilliseconds() / 1000.0),
        ("ARN", $"arn:aws:ssm:{world.Cloud.Region}:{world.Cloud.Account}:parameter/{parameter.Name.TrimStart('/')}"),
        ("DataType", "text"));
}
