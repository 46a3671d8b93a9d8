using System.Text;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Fleet.Core.Rotations;

namespace Fleet.Aws;

/// <summary>EC2's view of instances, and STS's of the caller, over the wire.</summary>
internal sealed class AwsInstances(IAmazonEC2 client, IAmazonSecurityTokenService tokens, AwsCalls calls) : IInstances
{
    private const int MostIds = 1000;
    private const int MostFilterValues = 200;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InstanceFacts>> DescribeAsync(IReadOnlyList<string> instanceIds, CancellationToken cancellationToken)
    {
        var found = new List<InstanceFacts>();
        foreach (var batch in instanceIds.Distinct().Chunk(MostIds))
        {
            try
            {
                found.AddRange(await ReadAsync(new DescribeInstancesRequest { InstanceIds = [.. batch] }, cancellationToken).ConfigureAwait(false));
            }
            catch (CloudRefusedException missing) when (missing.Code == "not-found" || AwsCalls.Is(missing, "InvalidInstanceID.Malformed"))
            {
                // One unknown id refuses the whole batch; a filter leaves it out, but takes fewer values.
                foreach (var values in batch.Chunk(MostFilterValues))
                {
                    var request = new DescribeInstancesRequest { Filters = [new Filter { Name = "instance-id", Values = [.. values] }], MaxResults = MostIds };
                    found.AddRange(await ReadAsync(request, cancellationToken).ConfigureAwait(false));
                }
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task<string> ConsoleOutputAsync(string instanceId, CancellationToken cancellationToken)
    {
        GetConsoleOutputResponse answer;
        try
        {
            answer = await OutputAsync(new GetConsoleOutputRequest { InstanceId = instanceId, Latest = true }, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudRefusedException old) when (AwsCalls.Is(old, "UnsupportedOperation"))
        {
            // Only Nitro instances have the latest output; the others keep that of their last start.
            answer = await OutputAsync(new GetConsoleOutputRequest { InstanceId = instanceId }, cancellationToken).ConfigureAwait(false);
        }

        var encoded = answer.Output ?? "";
        var buffer = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : encoded;
    }

    /// <inheritdoc/>
    public async Task<string> AccountAsync(CancellationToken cancellationToken)
    {
        var answer = await calls.MakeAsync("sts:GetCallerIdentity", () => tokens.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken), cancellationToken).ConfigureAwait(false);
        return answer.Account;
    }

    private static InstanceFacts Of(Instance instance) => new(
        instance.InstanceId,
        instance.ImageId ?? "",
        instance.State?.Name?.Value ?? "",
        instance.LaunchTime is { } launched ? new DateTimeOffset(launched.ToUniversalTime(), TimeSpan.Zero) : default,
        string.IsNullOrEmpty(instance.PrivateDnsName) ? null : instance.PrivateDnsName);

    private Task<GetConsoleOutputResponse> OutputAsync(GetConsoleOutputRequest request, CancellationToken cancellationToken) =>
        calls.MakeAsync("ec2:GetConsoleOutput", () => client.GetConsoleOutputAsync(request, cancellationToken), cancellationToken);

    private async Task<List<InstanceFacts>> ReadAsync(DescribeInstancesRequest request, CancellationToken cancellationToken)
    {
        var found = new List<InstanceFacts>();
        do
        {
            var page = await calls.MakeAsync("ec2:DescribeInstances", () => client.DescribeInstancesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            found.AddRange((page.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []).Select(Of));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return found;
    }
}
