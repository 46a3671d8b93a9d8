using System.Globalization;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Fleet.Core.Images.Proof;
using Fleet.Core.Rotations;

namespace Fleet.Aws;

/// <summary>Scripts on instances by Run Command of AWS Systems Manager: the document <c>AWS-RunShellScript</c>, whose parameters take the script whole. The remark is the command's comment.</summary>
internal sealed class AwsInstanceScripts(IAmazonSimpleSystemsManagement once, IAmazonSimpleSystemsManagement client, AwsCalls calls) : IInstanceScripts
{
    private const string Document = "AWS-RunShellScript";

    /// <inheritdoc/>
    public async Task<bool> ReachableAsync(string instance, CancellationToken cancellationToken)
    {
        var request = new DescribeInstanceInformationRequest { Filters = [new InstanceInformationStringFilter { Key = "InstanceIds", Values = [instance] }] };
        var answer = await calls.MakeAsync("ssm:DescribeInstanceInformation", () => client.DescribeInstanceInformationAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return (answer.InstanceInformationList ?? []).Any(agent => agent.InstanceId == instance && agent.PingStatus == PingStatus.Online);
    }

    /// <inheritdoc/>
    public async Task<string?> FindAsync(string instance, string remark, CancellationToken cancellationToken)
    {
        var request = new ListCommandsRequest { InstanceId = instance };
        do
        {
            var page = await calls.MakeAsync("ssm:ListCommands", () => client.ListCommandsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            if ((page.Commands ?? []).FirstOrDefault(command => command.Comment == remark) is { } found)
            {
                return found.CommandId;
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return null;
    }

    /// <inheritdoc/>
    public async Task<string> SendAsync(InstanceScript script, CancellationToken cancellationToken)
    {
        var request = new SendCommandRequest
        {
            DocumentName = Document,
            InstanceIds = [script.Instance],
            Comment = script.Remark,
            TimeoutSeconds = Seconds(script.Delivery, least: 30),
            Parameters = new Dictionary<string, List<string>>
            {
                ["commands"] = [script.Text],
                ["executionTimeout"] = [Seconds(script.Timeout, least: 1).ToString(CultureInfo.InvariantCulture)],
            },
        };
        var answer = await calls.MakeAsync("ssm:SendCommand", () => once.SendCommandAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return answer.Command.CommandId;
    }

    /// <inheritdoc/>
    public async Task<ScriptResult?> ReadAsync(string instance, string command, CancellationToken cancellationToken)
    {
        var request = new GetCommandInvocationRequest { CommandId = command, InstanceId = instance };
        try
        {
            var answer = await calls.MakeAsync("ssm:GetCommandInvocation", () => client.GetCommandInvocationAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            return new ScriptResult(EndOf(answer), answer.ResponseCode ?? -1, answer.StandardOutputContent ?? "", answer.StandardErrorContent ?? "");
        }
        catch (CloudRefusedException missing) when (AwsCalls.Is(missing, "InvocationDoesNotExist"))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task CancelAsync(string command, CancellationToken cancellationToken)
    {
        var request = new CancelCommandRequest { CommandId = command };
        await calls.MakeAsync("ssm:CancelCommand", () => client.CancelCommandAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static int Seconds(TimeSpan time, int least) => Math.Max(least, (int)Math.Ceiling(time.TotalSeconds));

    /// <summary>A status that is unknown here is not an end.</summary>
    private static ScriptEnd EndOf(GetCommandInvocationResponse answer) => answer.Status?.Value switch
    {
        "Success" or "Failed" => answer.StatusDetails is "Undeliverable" or "DeliveryTimedOut" ? ScriptEnd.Undelivered : ScriptEnd.Exited,
        "Cancelled" => ScriptEnd.Cancelled,
        "TimedOut" => answer.StatusDetails is "ExecutionTimedOut" ? ScriptEnd.TimedOut : ScriptEnd.Undelivered,
        _ => ScriptEnd.None,
    };
}
