using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Fleet.Core.Images.Builds;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Rotations;

namespace Fleet.Aws;

/// <summary>What image builds need of EC2, over the wire.</summary>
/// <param name="client">EC2 in the region that builds.</param>
/// <param name="instances">Who the caller is.</param>
/// <param name="calls">How calls are made.</param>
/// <param name="credentials">What calls are signed with; null: the SDK's own chain.</param>
/// <param name="clock">Policy time.</param>
internal sealed class AwsBuildCloud(IAmazonEC2 client, AwsInstances instances, AwsCalls calls, AWSCredentials? credentials, TimeProvider clock) : IBuildCloud
{
    /// <summary>How long credentials of a session are taken to be good whose source does not say: then they are asked for again.</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(15);

    private const string GroupPrefix = "packer_";
    private const string GroupDescription = "Temporary group for Packer";

    /// <inheritdoc/>
    public string? Endpoint => string.IsNullOrEmpty(client.Config.ServiceURL) ? null : client.Config.ServiceURL.TrimEnd('/');

    /// <inheritdoc/>
    public Task<string> AccountAsync(CancellationToken cancellationToken) => instances.AccountAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<FoundImage?> BaseAsync(BaseImage wanted, CancellationToken cancellationToken)
    {
        var request = wanted.Id is { } id ? new DescribeImagesRequest { ImageIds = [id] } : new DescribeImagesRequest { Owners = [.. wanted.Owners], Filters = [Is("name", wanted.Name!), Is("state", "available")] };
        try
        {
            return await NewestAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudRefusedException missing) when (missing.Code == "not-found" || AwsCalls.Is(missing, "InvalidAMIID.Malformed") || AwsCalls.Is(missing, "InvalidAMIID.Unavailable"))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task<FoundImage?> NamedAsync(string name, CancellationToken cancellationToken) =>
        NewestAsync(new DescribeImagesRequest { Owners = ["self"], Filters = [Is("name", name)] }, cancellationToken);

    /// <inheritdoc/>
    public async Task<BuildLeftovers> LeftoversAsync(string run, ImmutableArray<string> groups, CancellationToken cancellationToken)
    {
        var found = await InstancesAsync(run, cancellationToken).ConfigureAwait(false);
        var names = found.SelectMany(instance => instance.SecurityGroups ?? []).Select(group => group.GroupName ?? "").Concat(groups).Where(name => name.StartsWith(GroupPrefix, StringComparison.Ordinal)).Distinct().ToList();
        var keys = await calls.MakeAsync("ec2:DescribeKeyPairs", () => client.DescribeKeyPairsAsync(new DescribeKeyPairsRequest { Filters = [Is("key-name", KeyOf(run))] }, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new(
            found.ToImmutableDictionary(instance => instance.InstanceId, instance => instance.State?.Name?.Value ?? ""),
            keys.KeyPairs is { Count: > 0 } ? KeyOf(run) : null,
            names.Count == 0 ? [] : await GroupsAsync(names, cancellationToken).ConfigureAwait(false),
            await SnapshotsAsync(run, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(BuildLeftovers leftovers, CancellationToken cancellationToken)
    {
        if (!leftovers.Instances.IsEmpty)
        {
            var request = new TerminateInstancesRequest { InstanceIds = [.. leftovers.Instances.Keys] };
            await GoneAsync(calls.MakeAsync("ec2:TerminateInstances", () => client.TerminateInstancesAsync(request, cancellationToken), cancellationToken)).ConfigureAwait(false);
        }

        if (leftovers.KeyPair is { } key)
        {
            await GoneAsync(calls.MakeAsync("ec2:DeleteKeyPair", () => client.DeleteKeyPairAsync(new DeleteKeyPairRequest { KeyName = key }, cancellationToken), cancellationToken)).ConfigureAwait(false);
        }

        foreach (var group in leftovers.Groups.Keys)
        {
            await GoneAsync(calls.MakeAsync("ec2:DeleteSecurityGroup", () => client.DeleteSecurityGroupAsync(new DeleteSecurityGroupRequest { GroupId = group }, cancellationToken), cancellationToken), "DependencyViolation").ConfigureAwait(false);
        }

        await DeleteAsync(leftovers.Snapshots, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(FoundImage image, CancellationToken cancellationToken)
    {
        await GoneAsync(calls.MakeAsync("ec2:DeregisterImage", () => client.DeregisterImageAsync(new DeregisterImageRequest { ImageId = image.Id }, cancellationToken), cancellationToken), "InvalidAMIID.Unavailable").ConfigureAwait(false);
        await DeleteAsync(image.Snapshots, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task RequireTokensAsync(string imageId, CancellationToken cancellationToken)
    {
        var request = new ModifyImageAttributeRequest { ImageId = imageId, ImdsSupport = "v2.0" };
        return calls.MakeAsync("ec2:ModifyImageAttribute", () => client.ModifyImageAttributeAsync(request, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string> LaunchAsync(InstanceOrder order, CancellationToken cancellationToken)
    {
        var tags = order.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value }).ToList();
        var request = new RunInstancesRequest
        {
            ImageId = order.ImageId,
            InstanceType = order.InstanceType,
            MinCount = 1,
            MaxCount = 1,
            ClientToken = order.Token,
            SubnetId = order.Subnet,
            SecurityGroupIds = order.SecurityGroups.IsEmpty ? null : [.. order.SecurityGroups],
            IamInstanceProfile = new IamInstanceProfileSpecification { Name = order.InstanceProfile },
            MetadataOptions = new InstanceMetadataOptionsRequest { HttpTokens = HttpTokensState.Required },
            InstanceInitiatedShutdownBehavior = ShutdownBehavior.Terminate,
            TagSpecifications = [new TagSpecification { ResourceType = ResourceType.Instance, Tags = tags }, new TagSpecification { ResourceType = ResourceType.Volume, Tags = tags }],
        };
        RunInstancesResponse answer;
        try
        {
            answer = await calls.MakeAsync("ec2:RunInstances", () => client.RunInstancesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudRefusedException late) when (AwsCalls.Is(late, "InvalidAMIID.NotFound"))
        {
            // It was shown a moment ago: not all of EC2 knows a new image at once (Amazon EC2 Developer Guide, "Eventual consistency in the Amazon EC2 API").
            throw new CloudRefusedException("busy", late.Action, late.InnerException!.Message, late.InnerException);
        }

        return answer.Reservation.Instances is [var launched, ..] ? launched.InstanceId : throw new CloudRefusedException("unreachable", "ec2:RunInstances", "the answer names no instance", null);
    }

    /// <inheritdoc/>
    public async Task<BuilderCredentials> CredentialsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var source = credentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials();
            var used = await source.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            var ends = source.Expiration is { } at ? new DateTimeOffset(at.ToUniversalTime()) : used.UseToken ? clock.GetUtcNow() + Unsaid : (DateTimeOffset?)null;
            return new BuilderCredentials(used.AccessKey, used.SecretKey, used.UseToken ? used.Token : null, ends);
        }
        catch (AmazonClientException absent)
        {
            throw new CloudRefusedException("unauthorized", "sts:AssumeRole", absent.Message, absent);
        }
        catch (AmazonServiceException refused)
        {
            throw new CloudRefusedException("denied", "sts:AssumeRole", refused.Message, refused);
        }
    }

    private static string KeyOf(string run) => $"fleet-{run}";

    private static Filter Is(string name, params string[] values) => new() { Name = name, Values = [.. values] };

    /// <summary>What is gone already is as it should be; what is still needed, as another code says, is left for the next look.</summary>
    private static async Task GoneAsync(Task call, string? later = null)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (CloudRefusedException missing) when (missing.Code == "not-found" || (later is not null && AwsCalls.Is(missing, later)))
        {
            // Looked at again in the next round.
        }
    }

    private static FoundImage Of(Image image) => new(
        image.ImageId,
        image.Name ?? "",
        image.OwnerId ?? "",
        image.Architecture?.Value ?? "",
        image.State?.Value ?? "",
        (image.Tags ?? []).ToImmutableDictionary(tag => tag.Key, tag => tag.Value ?? ""),
        [.. (image.BlockDeviceMappings ?? []).Select(mapping => mapping.Ebs?.SnapshotId).OfType<string>().Where(id => id.Length > 0)])
    {
        RootDevice = string.IsNullOrEmpty(image.RootDeviceName) ? null : image.RootDeviceName,
        OwnerAlias = string.IsNullOrEmpty(image.ImageOwnerAlias) ? null : image.ImageOwnerAlias,
    };

    private async Task DeleteAsync(ImmutableArray<string> snapshots, CancellationToken cancellationToken)
    {
        foreach (var snapshot in snapshots)
        {
            await GoneAsync(calls.MakeAsync("ec2:DeleteSnapshot", () => client.DeleteSnapshotAsync(new DeleteSnapshotRequest { SnapshotId = snapshot }, cancellationToken), cancellationToken), "InvalidSnapshot.InUse").ConfigureAwait(false);
        }
    }

    private async Task<FoundImage?> NewestAsync(DescribeImagesRequest request, CancellationToken cancellationToken)
    {
        var found = await PagesAsync(
            async next =>
            {
                request.NextToken = next;
                var page = await calls.MakeAsync("ec2:DescribeImages", () => client.DescribeImagesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
                return (page.Images, page.NextToken);
            }).ConfigureAwait(false);
        return found.OrderByDescending(image => image.CreationDate, StringComparer.Ordinal).ThenByDescending(image => image.ImageId, StringComparer.Ordinal).Select(Of).FirstOrDefault();
    }

    private async Task<List<Instance>> InstancesAsync(string run, CancellationToken cancellationToken)
    {
        var request = new DescribeInstancesRequest { Filters = [Is("tag:fleet:run", run), Is("instance-state-name", "pending", "running", "shutting-down", "stopping", "stopped")] };
        return await PagesAsync(
            async next =>
            {
                request.NextToken = next;
                var page = await calls.MakeAsync("ec2:DescribeInstances", () => client.DescribeInstancesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
                return ((List<Instance>?)[.. (page.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? [])], page.NextToken);
            }).ConfigureAwait(false);
    }

    private async Task<ImmutableDictionary<string, string>> GroupsAsync(List<string> names, CancellationToken cancellationToken)
    {
        var request = new DescribeSecurityGroupsRequest { Filters = [Is("group-name", [.. names]), Is("description", $"{GroupDescription}*")] };
        var found = await PagesAsync(
            async next =>
            {
                request.NextToken = next;
                var page = await calls.MakeAsync("ec2:DescribeSecurityGroups", () => client.DescribeSecurityGroupsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
                return (page.SecurityGroups, page.NextToken);
            }).ConfigureAwait(false);
        return found.ToImmutableDictionary(group => group.GroupId, group => group.GroupName ?? "");
    }

    private async Task<ImmutableArray<string>> SnapshotsAsync(string run, CancellationToken cancellationToken)
    {
        var request = new DescribeSnapshotsRequest { OwnerIds = ["self"], Filters = [Is("tag:fleet:run", run)] };
        var found = await PagesAsync(
            async next =>
            {
                request.NextToken = next;
                var page = await calls.MakeAsync("ec2:DescribeSnapshots", () => client.DescribeSnapshotsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
                return (page.Snapshots, page.NextToken);
            }).ConfigureAwait(false);
        return [.. found.Select(snapshot => snapshot.SnapshotId).Order(StringComparer.Ordinal)];
    }

    private static async Task<List<T>> PagesAsync<T>(Func<string?, Task<(List<T>? Items, string? Next)>> read)
    {
        var found = new List<T>();
        string? next = null;
        do
        {
            (var items, next) = await read(next).ConfigureAwait(false);
            found.AddRange(items ?? []);
        }
        while (!string.IsNullOrEmpty(next));
        return found;
    }
}
