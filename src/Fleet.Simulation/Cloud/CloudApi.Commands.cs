using System.Collections.Immutable;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud.Commands;

namespace Fleet.Simulation.Cloud;

public sealed partial class CloudApi
{
    /// <summary>SSM: sends a command to instances and answers at once. There is no idempotency token: the same request again is another command.</summary>
    public SentCommand SendCommand(CommandRequest request) =>
        Write(nameof(SendCommand), Subject(request.InstanceIds.IsEmpty ? [.. request.Targets.Select(target => $"{target.Name}={string.Join(',', target.Values)}")] : request.InstanceIds), request.Comment, () =>
        {
            var execution = ShellDocument.Check(request.Document, request.Parameters);
            var command = new SentCommand
            {
                Id = Cloud.Commands.NextId(),
                Document = ShellDocument.Name,
                Comment = request.Comment,
                Parameters = request.Parameters,
                InstanceIds = request.InstanceIds,
                Targets = request.Targets,
                Addressed = Addressed(request),
                Requested = world.Now,
                Delivery = request.Delivery,
                Execution = execution,
            };
            Cloud.Commands.Send(command);
            return command;
        });

    /// <summary>SSM: what became of a command on an instance. Right after sending it is not there yet.</summary>
    public (SentCommand Command, CommandInvocation Invocation) GetCommandInvocation(string command, string instance, string? plugin = null) =>
        Read(nameof(GetCommandInvocation), instance, () =>
        {
            if (plugin is not (null or ShellDocument.Plugin))
            {
                throw new CallRefusedException(BadRequest, "InvalidPluginName", $"The plugin name {plugin} is not valid.");
            }

            return Cloud.Commands.Find(command, instance) is { } found && found.VisibleFrom <= world.Now
                ? (Cloud.Commands.Find(command)!, found)
                : throw new CallRefusedException(BadRequest, "InvocationDoesNotExist", "The command ID and managed node ID you specified didn't match any invocations. Verify the command ID and the managed node ID and try again.");
        }, command);

    /// <summary>SSM: commands, newest first, at most 50 a page.</summary>
    public Page<SentCommand> ListCommands(string? command = null, string? instance = null, IReadOnlyList<AwsFilter>? filters = null, string? nextToken = null, int maxResults = 50) =>
        Read(nameof(ListCommands), instance ?? "*", () => Listed(command, instance, filters, nextToken, maxResults), command);

    /// <summary>SSM: what became of commands on their instances, newest first, at most 50 a page.</summary>
    public Page<(SentCommand Command, CommandInvocation Invocation)> ListCommandInvocations(string? command = null, string? instance = null, IReadOnlyList<AwsFilter>? filters = null, string? nextToken = null, int maxResults = 50) =>
        Read(nameof(ListCommandInvocations), instance ?? "*", () =>
        {
            var commands = Listed(command, instance, filters, null, int.MaxValue - 1).Items;
            var invocations = commands.SelectMany(sent => Cloud.Commands.InvocationsOf(sent).Where(invocation => instance is null || invocation.InstanceId == instance).Select(invocation => (sent, invocation)));
            return PageOf(invocations, pair => KeyOf(pair.sent) + pair.invocation.InstanceId, nextToken, maxResults, BadToken);
        }, command);

    /// <summary>SSM: asks a command to end, on all of its instances or on some. What has ended stays as it is.</summary>
    public void CancelCommand(string command, IReadOnlyList<string> instances) => Write(nameof(CancelCommand), Subject(instances), command, () =>
    {
        var sent = Cloud.Commands.Find(command) ?? throw NoCommand();
        if (instances.FirstOrDefault(id => !sent.Addressed.Contains(id)) is { } other)
        {
            throw new CallRefusedException(BadRequest, "InvalidInstanceId", $"Instance {other} is not among the command's.");
        }

        foreach (var id in instances.Count > 0 ? instances : sent.Addressed)
        {
            Cloud.Commands.Cancel(command, id);
        }
    });

    /// <summary>SSM: instances whose agents have registered; filters <c>InstanceIds</c>, <c>PingStatus</c>, <c>PlatformTypes</c>, <c>ResourceType</c>, <c>tag:KEY</c>, <c>tag-key</c>.</summary>
    public Page<ManagedInstance> DescribeInstanceInformation(IReadOnlyList<AwsFilter>? filters = null, string? nextToken = null, int maxResults = 50) => Read(nameof(DescribeInstanceInformation), "*", () =>
    {
        var managed = Cloud.Instances.Values.Select(Cloud.Commands.AgentOf).OfType<ManagedInstance>();
        var passing = managed.Where(agent => (filters ?? []).All(filter => filter.Passes(filter.Name switch
        {
            "InstanceIds" => [agent.Instance.Id],
            "PingStatus" => [agent.PingStatus],
            "PlatformTypes" => ["Linux"],
            "ResourceType" => ["EC2Instance"],
            _ => filter.OnTags(agent.Instance.Tags) ?? throw new CallRefusedException(BadRequest, "InvalidFilterKey", $"The filter key {filter.Name} is not valid."),
        })));
        return PageOf(passing, agent => $"{agent.Instance.Number:d9}", nextToken, maxResults, BadToken);
    });

    private static CallRefusedException NoCommand() => new(BadRequest, "InvalidCommandId", "The command ID is not valid.");

    private static string KeyOf(SentCommand command) => $"{long.MaxValue - command.Requested.UtcTicks:d19}{command.Id}";

    private Page<SentCommand> Listed(string? command, string? instance, IReadOnlyList<AwsFilter>? filters, string? nextToken, int maxResults)
    {
        if (command is not null && Cloud.Commands.Find(command) is null)
        {
            throw NoCommand();
        }

        var passing = Cloud.Commands.Commands.Where(sent => sent.Requested + Cloud.Commands.Timings.Visible <= world.Now
            && (command is null || sent.Id == command)
            && (instance is null || sent.Addressed.Contains(instance))
            && (filters ?? []).All(filter => Passes(sent, filter)));
        return PageOf(passing, KeyOf, nextToken, maxResults, BadToken);
    }

    private bool Passes(SentCommand sent, AwsFilter filter)
    {
        var status = CommandSummary.Of(sent, Cloud.Commands).Status;
        return filter.Values.Any(value => filter.Name switch
        {
            "InvokedAfter" => sent.Requested > Instant(value),
            "InvokedBefore" => sent.Requested < Instant(value),
            "Status" => status == value,
            "DocumentName" => sent.Document == value,
            "ExecutionStage" => value == (CommandStatus.IsFinal(status) ? "Complete" : "Executing"),
            _ => throw new CallRefusedException(BadRequest, "InvalidFilterKey", $"The filter key {filter.Name} is not valid."),
        });
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.TryParse(text, null, System.Globalization.DateTimeStyles.AssumeUniversal, out var instant)
        ? instant
        : throw new CallRefusedException(BadRequest, "ValidationException", $"'{text}' is not a time.");

    private ImmutableArray<string> Addressed(CommandRequest request)
    {
        if (request.InstanceIds.IsEmpty == request.Targets.IsEmpty)
        {
            throw new CallRefusedException(BadRequest, "ValidationException", "Exactly one of InstanceIds and Targets must be given.");
        }

        if (request.InstanceIds.IsEmpty)
        {
            var named = Cloud.Instances.Values.Where(instance => Cloud.Commands.AgentOf(instance) is not null);
            return [.. named.Where(instance => request.Targets.All(target => target.Passes(target.Name == "InstanceIds" ? [instance.Id] : target.OnTags(instance.Tags)
                ?? throw new CallRefusedException(BadRequest, "ValidationException", $"The target key {target.Name} is not valid.")))).OrderBy(instance => instance.Number).Select(instance => instance.Id)];
        }

        if (request.InstanceIds.Distinct().Count() < request.InstanceIds.Length)
        {
            throw new CallRefusedException(BadRequest, "DuplicateInstanceId", "An instance ID is given twice.");
        }

        var unmanaged = request.InstanceIds.Where(id => !Cloud.Instances.TryGetValue(id, out var instance) || Cloud.Commands.AgentOf(instance) is null).ToList();
        return unmanaged.Count == 0
            ? request.InstanceIds
            : throw new CallRefusedException(BadRequest, "InvalidInstanceId", $"Instances [[{string.Join(", ", unmanaged)}]] not in a valid state for account {Cloud.Account}");
    }
}
