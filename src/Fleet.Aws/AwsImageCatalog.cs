using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Rotations;
using Ec2Tag = Amazon.EC2.Model.Tag;
using Filter = Amazon.EC2.Model.Filter;

namespace Fleet.Aws;

/// <summary>The images of an account and region over the wire; what needs them is read by <see cref="AwsImageUses"/>.</summary>
internal sealed class AwsImageCatalog(IAmazonEC2 client, IAmazonSimpleSystemsManagement parameters, AwsImageUses uses, IInstances caller, AwsCalls calls, string region) : IImageCatalog
{
    private const int PageSize = 1000;

    /// <inheritdoc/>
    public Task<string> AccountAsync(CancellationToken cancellationToken) => caller.AccountAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SeenImage>> OwnedAsync(CancellationToken cancellationToken)
    {
        var found = new List<SeenImage>();
        var request = new DescribeImagesRequest { Owners = ["self"], IncludeDeprecated = true, IncludeDisabled = true, MaxResults = PageSize };
        do
        {
            var page = await MakeAsync("DescribeImages", () => client.DescribeImagesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            found.AddRange((page.Images ?? []).Select(Of));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return found;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageUse>> UsesAsync(IReadOnlyList<string> parameterPaths, CancellationToken cancellationToken) => uses.ReadAsync(region, parameterPaths, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> KeysOfAsync(ImmutableArray<string> snapshots, CancellationToken cancellationToken)
    {
        if (snapshots.IsEmpty)
        {
            return [];
        }

        // A filter, since an id that is not there would refuse the call.
        var request = new DescribeSnapshotsRequest { Filters = [new Filter { Name = "snapshot-id", Values = [.. snapshots] }] };
        var found = await MakeAsync("DescribeSnapshots", () => client.DescribeSnapshotsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return [.. (found.Snapshots ?? []).Select(snapshot => snapshot.KmsKeyId).Where(key => !string.IsNullOrEmpty(key)).Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<string> CopyAsync(ImageCopyOrder order, CancellationToken cancellationToken)
    {
        List<Ec2Tag> tags = [.. order.Tags.Select(tag => new Ec2Tag { Key = tag.Key, Value = tag.Value })];
        var request = new CopyImageRequest
        {
            SourceRegion = order.SourceRegion,
            SourceImageId = order.SourceImage,
            Name = order.Name,
            ClientToken = order.Token,
            Encrypted = order.KmsKey is null ? null : true,
            KmsKeyId = order.KmsKey,
            TagSpecifications = tags.Count == 0 ? null : [new TagSpecification { ResourceType = Amazon.EC2.ResourceType.Image, Tags = tags }, new TagSpecification { ResourceType = Amazon.EC2.ResourceType.Snapshot, Tags = tags }],
        };
        return (await MakeAsync("CopyImage", () => client.CopyImageAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false)).ImageId;
    }

    /// <inheritdoc/>
    public Task ShareAsync(string imageId, IReadOnlyList<string> accounts, CancellationToken cancellationToken)
    {
        var request = new ModifyImageAttributeRequest { ImageId = imageId, LaunchPermission = new LaunchPermissionModifications { Add = [.. accounts.Select(account => new LaunchPermission { UserId = account })] } };
        return accounts.Count == 0 ? Task.CompletedTask : MakeAsync("ModifyImageAttribute", () => client.ModifyImageAttributeAsync(request, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task TagAsync(IReadOnlyList<string> resources, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var request = new CreateTagsRequest { Resources = [.. resources], Tags = [.. tags.Select(tag => new Ec2Tag { Key = tag.Key, Value = tag.Value })] };
        return MakeAsync("CreateTags", () => client.CreateTagsAsync(request, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeprecateAsync(string imageId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var request = new EnableImageDeprecationRequest { ImageId = imageId, DeprecateAt = at.UtcDateTime };
        return MakeAsync("EnableImageDeprecation", () => client.EnableImageDeprecationAsync(request, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task UndeprecateAsync(string imageId, CancellationToken cancellationToken) =>
        MakeAsync("DisableImageDeprecation", () => client.DisableImageDeprecationAsync(new DisableImageDeprecationRequest { ImageId = imageId }, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task DisableAsync(string imageId, CancellationToken cancellationToken) => UnlessAsync(imageId, "disabled", () =>
        MakeAsync("DisableImage", () => client.DisableImageAsync(new DisableImageRequest { ImageId = imageId }, cancellationToken), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task EnableAsync(string imageId, CancellationToken cancellationToken) => UnlessAsync(imageId, "available", () =>
        MakeAsync("EnableImage", () => client.EnableImageAsync(new EnableImageRequest { ImageId = imageId }, cancellationToken), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task DeregisterAsync(string imageId, ImmutableArray<string> snapshots, CancellationToken cancellationToken)
    {
        await UnlessGoneAsync(
            () => MakeAsync("DeregisterImage", () => client.DeregisterImageAsync(new DeregisterImageRequest { ImageId = imageId }, cancellationToken), cancellationToken),
            async () => (await MakeAsync("DescribeImages", () => client.DescribeImagesAsync(new DescribeImagesRequest { Filters = Only("image-id", imageId), IncludeDisabled = true }, cancellationToken), cancellationToken).ConfigureAwait(false)).Images is null or []).ConfigureAwait(false);
        foreach (var snapshot in snapshots)
        {
            await UnlessGoneAsync(
                () => MakeAsync("DeleteSnapshot", () => client.DeleteSnapshotAsync(new DeleteSnapshotRequest { SnapshotId = snapshot }, cancellationToken), cancellationToken),
                async () => (await MakeAsync("DescribeSnapshots", () => client.DescribeSnapshotsAsync(new DescribeSnapshotsRequest { Filters = Only("snapshot-id", snapshot) }, cancellationToken), cancellationToken).ConfigureAwait(false)).Snapshots is null or []).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task PutParameterAsync(string name, string imageId, CancellationToken cancellationToken)
    {
        var request = new PutParameterRequest { Name = name, Value = imageId, Type = ParameterType.String, Overwrite = true };
        return calls.MakeAsync("ssm:PutParameter", () => parameters.PutParameterAsync(request, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeleteParameterAsync(string name, CancellationToken cancellationToken) => UnlessGoneAsync(() =>
        calls.MakeAsync("ssm:DeleteParameter", () => parameters.DeleteParameterAsync(new DeleteParameterRequest { Name = name }, cancellationToken), cancellationToken), () => Task.FromResult(false));

    private static List<Filter> Only(string name, string value) => [new Filter { Name = name, Values = [value] }];

    /// <summary>What is gone has no tags, so that where permission hangs on them AWS may refuse before it says so. An image is <c>unavailable</c> for a while before it is unknown.</summary>
    private static async Task UnlessGoneAsync(Func<Task> call, Func<Task<bool>> gone)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (CloudRefusedException refused) when (refused.Code == "not-found" || AwsCalls.Is(refused, "InvalidAMIID.Unavailable"))
        {
        }
        catch (CloudRefusedException refused) when (refused.Code == "denied")
        {
            if (!await gone().ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    private SeenImage Of(Image image)
    {
        var tags = (image.Tags ?? []).ToLookup(tag => tag.Key, tag => tag.Value);
        return new SeenImage(
            image.OwnerId, region, image.ImageId, image.Name ?? "", tags[ImageTags.Recipe].FirstOrDefault(), tags[ImageTags.Version].FirstOrDefault(),
            [.. (image.BlockDeviceMappings ?? []).Select(device => device.Ebs?.SnapshotId).OfType<string>().Where(snapshot => snapshot.Length > 0).Distinct()])
        {
            State = image.State?.Value ?? "",
            DeprecatedAt = DateTimeOffset.TryParse(image.DeprecationTime, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null,
        };
    }

    /// <summary>A change of state that was made already is refused: only then is looked whether it is so.</summary>
    private async Task UnlessAsync(string imageId, string state, Func<Task> change, CancellationToken cancellationToken)
    {
        try
        {
            await change().ConfigureAwait(false);
        }
        catch (CloudRefusedException refused) when (refused.Code == "invalid")
        {
            var request = new DescribeImagesRequest { ImageIds = [imageId], IncludeDisabled = true };
            var answer = await MakeAsync("DescribeImages", () => client.DescribeImagesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            if ((answer.Images ?? []).All(image => image.State?.Value != state))
            {
                throw;
            }
        }
    }

    private Task<T> MakeAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken) => calls.MakeAsync($"ec2:{operation}", call, cancellationToken);
}
