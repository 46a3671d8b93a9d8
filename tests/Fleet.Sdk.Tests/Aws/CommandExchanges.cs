using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fleet.Sdk.Tests.Wire;

namespace Fleet.Sdk.Tests.Aws;

/// <summary>What the aws command sends for each operation in use with every member set, and what it makes of an answer with every member set; all commands are started at once and wait for their turn.</summary>
public sealed class CommandExchanges
{
    private readonly Dictionary<(string Command, string Operation), Task<object>> exchanges;

    public CommandExchanges() => exchanges = ServiceUnderTest.All.Values
        .SelectMany(service => service.Operations.Select(operation => (service, operation)))
        .ToDictionary(pair => (pair.service.Command, pair.operation), pair => RecordAsync(pair.service, pair.operation));

    internal async Task<CommandExchange> ExchangeAsync(string command, string operation) => (CommandExchange)await exchanges[(command, operation)];

    private static async Task<object> RecordAsync(ServiceUnderTest service, string operation)
    {
        var answer = new ModelAnswer(service.Model).For(operation);
        await using var recorder = await AwsRecorder.StartAsync(answer);
        var arguments = new ModelArguments(service.Model).For(operation);
        LeaveOutWhatTheCommandMoves(operation, arguments);
        var output = await RunAsync(new AwsCli(recorder.Url), service, operation, arguments);
        EncodeUserData(operation, arguments);
        return new CommandExchange(JsonSerializer.SerializeToElement(arguments), recorder.Take(), answer, output);
    }

    /// <summary>An aws command older than the models refuses members it does not know; those are left out on both sides.</summary>
    private static async Task<string> RunAsync(AwsCli cli, ServiceUnderTest service, string operation, JsonObject arguments)
    {
        string[] call = [service.Command, ServiceUnderTest.CliName(operation), "--no-paginate", "--cli-input-json"];
        var (exitCode, output, error) = await cli.TryAsync([.. call, arguments.ToJsonString()]);
        var unknown = Regex.Matches(error, "Unknown parameter in (?<path>[^:]+): \"(?<name>[^\"]+)\"");
        if (exitCode != 0 && unknown.Count > 0)
        {
            foreach (Match match in unknown)
            {
                Parent(arguments, match.Groups["path"].Value).Remove(match.Groups["name"].Value);
            }

            (exitCode, output, error) = await cli.TryAsync([.. call, arguments.ToJsonString()]);
        }

        exitCode.ShouldBe(0, error);
        return output;
    }

    /// <summary>"input" is the root, else a path such as "LaunchTemplateData.NetworkInterfaces[0]".</summary>
    private static JsonObject Parent(JsonObject root, string path) => path == "input" ? root : Regex.Matches(path, @"[^.\[\]]+")
        .Aggregate((JsonNode)root, (node, part) => (node is JsonArray array ? array[int.Parse(part.Value)] : node[part.Value])!).AsObject();

    /// <summary>Beside network interfaces these are not allowed; the command moves them into the first interface, the client leaves that to its caller.</summary>
    private static void LeaveOutWhatTheCommandMoves(string operation, JsonObject arguments)
    {
        string[] moved = ["SubnetId", "SecurityGroupIds", "PrivateIpAddress", "Ipv6AddressCount", "Ipv6Addresses", "EnablePrimaryIpv6"];
        foreach (var name in operation == "RunInstances" ? moved : [])
        {
            arguments.Remove(name);
        }
    }

    /// <summary>The command encodes a new instance's user data itself; the client leaves that to its caller.</summary>
    private static void EncodeUserData(string operation, JsonObject arguments)
    {
        if (operation == "RunInstances")
        {
            arguments["UserData"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(arguments["UserData"]!.GetValue<string>()));
        }
    }
}
