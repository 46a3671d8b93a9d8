using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Xml;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cloud.Commands;
using static Fleet.Sandbox.Aws.AwsDocument;

namespace Fleet.Sandbox.Aws;

/// <summary>The SSM operations of Run Command.</summary>
internal static class CommandActions
{
    private const int PluginOutputKept = 2_500;

    public static IReadOnlyDictionary<string, Func<CloudApi, World, JsonObject, JsonObject>> All { get; } = new Dictionary<string, Func<CloudApi, World, JsonObject, JsonObject>>
    {
        ["SendCommand"] = (api, world, request) => Of(("Command", View(world, api.SendCommand(Read(request))))),
        ["GetCommandInvocation"] = (api, _, request) =>
        {
            var (command, invocation) = api.GetCommandInvocation(request.Need("CommandId"), request.Need("InstanceId"), request.Text("PluginName"));
            return View(command, invocation);
        },
        ["ListCommands"] = (api, world, request) =>
        {
            var page = api.ListCommands(request.Text("CommandId"), request.Text("InstanceId"), FiltersOf(request, "key", "value"), request.Text("NextToken"), request.Number("MaxResults") ?? 50);
            return Of(("Commands", List(page.Items, command => View(world, command))), ("NextToken", page.NextToken));
        },
        ["ListCommandInvocations"] = (api, world, request) =>
        {
            var page = api.ListCommandInvocations(request.Text("CommandId"), request.Text("InstanceId"), FiltersOf(request, "key", "value"), request.Text("NextToken"), request.Number("MaxResults") ?? 50);
            return Of(("CommandInvocations", List(page.Items, pair => View(world, pair.Command, pair.Invocation, request.Flag("Details") ?? false))), ("NextToken", page.NextToken));
        },
        ["CancelCommand"] = (api, _, request) =>
        {
            api.CancelCommand(request.Need("CommandId"), request.Texts("InstanceIds"));
            return [];
        },
        ["DescribeInstanceInformation"] = (api, _, request) =>
        {
            var filters = (IReadOnlyList<AwsFilter>)[.. FiltersOf(request, "Key", "Values"), .. FiltersOf(request, "key", "valueSet", "InstanceInformationFilterList")];
            var page = api.DescribeInstanceInformation(filters, request.Text("NextToken"), request.Number("MaxResults") ?? 50);
            return Of(("InstanceInformationList", List(page.Items, View)), ("NextToken", page.NextToken));
        },
    };

    private static CommandRequest Read(JsonObject request) => new()
    {
        Document = request.Need("DocumentName"),
        Comment = request.Text("Comment") ?? "",
        Parameters = (request["Parameters"] as JsonObject ?? []).ToImmutableSortedDictionary(
            pair => pair.Key, pair => (pair.Value as JsonArray ?? []).Select(item => item!.GetValue<string>()).ToImmutableArray(), StringComparer.Ordinal),
        InstanceIds = [.. request.Texts("InstanceIds")],
        Targets = [.. FiltersOf(request, "Key", "Values", "Targets")],
        Delivery = TimeSpan.FromSeconds(request.Number("TimeoutSeconds") ?? 3600),
    };

    private static IReadOnlyList<AwsFilter> FiltersOf(JsonObject request, string key, string values, string member = "Filters") =>
        [.. (request[member] as JsonArray ?? []).OfType<JsonObject>().Select(filter => new AwsFilter(filter.Need(key), filter[values] is JsonArray ? filter.Texts(values) : [filter.Need(values)]))];

    private static double Epoch(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static JsonObject View(World world, SentCommand command)
    {
        var summary = CommandSummary.Of(command, world.Cloud.Commands);
        return Of(
            ("CommandId", command.Id),
            ("DocumentName", command.Document),
            ("DocumentVersion", "$DEFAULT"),
            ("Comment", command.Comment),
            ("ExpiresAfter", Epoch(command.ExpiresAfter)),
            ("Parameters", new JsonObject(command.Parameters.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)List(pair.Value, text => text))))),
            ("InstanceIds", List(command.InstanceIds, id => id)),
            ("Targets", List(command.Targets, target => Of(("Key", target.Name), ("Values", List(target.Values, value => value))))),
            ("RequestedDateTime", Epoch(command.Requested)),
            ("Status", summary.Status),
            ("StatusDetails", summary.Details),
            ("OutputS3BucketName", ""),
            ("OutputS3KeyPrefix", ""),
            ("MaxConcurrency", "50"),
            ("MaxErrors", "0"),
            ("TargetCount", command.Addressed.Length),
            ("CompletedCount", summary.Completed),
            ("ErrorCount", summary.Errors),
            ("DeliveryTimedOutCount", summary.Undelivered),
            ("TimeoutSeconds", (int)command.Delivery.TotalSeconds));
    }

    private static JsonObject View(SentCommand command, CommandInvocation invocation) => Of(
        ("CommandId", command.Id),
        ("InstanceId", invocation.InstanceId),
        ("Comment", command.Comment),
        ("DocumentName", command.Document),
        ("DocumentVersion", "$DEFAULT"),
        ("PluginName", ShellDocument.Plugin),
        ("ResponseCode", invocation.ResponseCode),
        ("ExecutionStartDateTime", invocation.Began is { } began ? Time(began) : ""),
        ("ExecutionElapsedTime", invocation is { Began: { } from, Ended: { } until } ? XmlConvert.ToString(until - from) : ""),
        ("ExecutionEndDateTime", invocation.Ended is { } ended ? Time(ended) : ""),
        ("Status", invocation.Status),
        ("StatusDetails", invocation.Details),
        ("StandardOutputContent", invocation.Output),
        ("StandardOutputUrl", ""),
        ("StandardErrorContent", invocation.Errors),
        ("StandardErrorUrl", ""));

    private static JsonObject View(World world, SentCommand command, CommandInvocation invocation, bool details) => Of(
        ("CommandId", command.Id),
        ("InstanceId", invocation.InstanceId),
        ("InstanceName", world.Cloud.Instances.GetValueOrDefault(invocation.InstanceId)?.Tags.GetValueOrDefault("Name") ?? ""),
        ("Comment", command.Comment),
        ("DocumentName", command.Document),
        ("DocumentVersion", "$DEFAULT"),
        ("RequestedDateTime", Epoch(command.Requested)),
        ("Status", invocation.Status),
        ("StatusDetails", invocation.Details),
        ("StandardOutputUrl", ""),
        ("StandardErrorUrl", ""),
        ("CommandPlugins", details ? List([invocation], Plugin) : List(Array.Empty<CommandInvocation>(), Plugin)));

    private static JsonObject Plugin(CommandInvocation invocation)
    {
        var output = invocation.Errors.Length > 0 ? $"{invocation.Output}\n----------ERROR-------\n{invocation.Errors}" : invocation.Output;
        const string Remark = "\n--output truncated--";
        return Of(
            ("Name", ShellDocument.Plugin),
            ("Status", invocation.Status),
            ("StatusDetails", invocation.Details),
            ("ResponseCode", invocation.ResponseCode),
            ("ResponseStartDateTime", invocation.Began is { } began ? Epoch(began) : null),
            ("ResponseFinishDateTime", invocation.Ended is { } ended ? Epoch(ended) : null),
            ("Output", output.Length <= PluginOutputKept ? output : output[..(PluginOutputKept - Remark.Length)] + Remark));
    }

    private static JsonObject View(ManagedInstance agent) => Of(
        ("InstanceId", agent.Instance.Id),
        ("PingStatus", agent.PingStatus),
        ("LastPingDateTime", Epoch(agent.LastPing)),
        ("AgentVersion", "3.3.1957.0"),
        ("IsLatestVersion", true),
        ("PlatformType", "Linux"),
        ("PlatformName", "Debian GNU/Linux"),
        ("PlatformVersion", "12"),
        ("ResourceType", "EC2Instance"),
        ("IPAddress", agent.Instance.PrivateIp),
        ("ComputerName", agent.Instance.PrivateDnsName),
        ("SourceId", agent.Instance.Id),
        ("SourceType", "AWS::EC2::Instance"));
}
