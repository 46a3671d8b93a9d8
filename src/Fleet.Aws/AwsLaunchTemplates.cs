using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;
using Fleet.Core.Rotations;
using Fleet.Core.Templates;

namespace Fleet.Aws;

/// <summary>Launch templates over the wire.</summary>
internal sealed class AwsLaunchTemplates(IAmazonEC2 client, AwsCalls calls) : ILaunchTemplates
{
    private const string Alias = "resolve:ssm:";

    /// <inheritdoc/>
    public async Task<TemplateVersion?> VersionAsync(string templateId, string version, CancellationToken cancellationToken)
    {
        var found = await FindAsync(templateId, version, resolve: false, cancellationToken).ConfigureAwait(false);
        return found is null ? null : await TranslatedAsync(found, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<TemplateVersion> CreateVersionAsync(string templateId, long sourceVersion, TemplateChanges changes, string description, string clientToken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var source = await FindAsync(templateId, $"{sourceVersion}", resolve: false, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudRefusedException("not-found", "ec2:DescribeLaunchTemplateVersions", $"launch template {templateId} has no version {sourceVersion}");
        var current = CanonicalJson.Of(source.LaunchTemplateData);
        var named = TemplateMerge.Named(current, changes);
        var data = TemplateTranslation.Of(named);
        var inherited = JsonNode.Parse(current)!["BlockDeviceMappings"] as JsonArray;
        var devices = named["BlockDeviceMappings"] as JsonArray ?? (inherited?.Any(HasSnapshot) == true ? inherited : null);
        if (devices is not null)
        {
            data.BlockDeviceMappings = await DevicesAsync(source, [.. devices.OfType<JsonObject>()], changes.ImageId, cancellationToken).ConfigureAwait(false);
        }

        var request = new CreateLaunchTemplateVersionRequest
        {
            LaunchTemplateId = templateId,
            SourceVersion = $"{sourceVersion}",
            VersionDescription = description,
            ClientToken = clientToken,
            LaunchTemplateData = data,
        };
        var made = await calls.MakeAsync("ec2:CreateLaunchTemplateVersion", () => client.CreateLaunchTemplateVersionAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        var number = made.LaunchTemplateVersion?.VersionNumber ?? throw new CloudRefusedException("invalid", "ec2:CreateLaunchTemplateVersion", $"the answer names no version of {templateId}");
        return await VersionAsync(templateId, $"{number}", cancellationToken).ConfigureAwait(false)
            ?? throw new CloudRefusedException("not-found", "ec2:DescribeLaunchTemplateVersions", $"launch template {templateId} has no version {number}, which was just written");
    }

    /// <inheritdoc/>
    public async Task<bool> MayCreateVersionAsync(string templateId, long sourceVersion, string imageId, CancellationToken cancellationToken)
    {
        const string Action = "ec2:CreateLaunchTemplateVersion";
        var request = new CreateLaunchTemplateVersionRequest
        {
            DryRun = true,
            LaunchTemplateId = templateId,
            SourceVersion = $"{sourceVersion}",
            LaunchTemplateData = new RequestLaunchTemplateData { ImageId = imageId },
        };
        try
        {
            await calls.MakeAsync(Action, () => client.CreateLaunchTemplateVersionAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudRefusedException refused) when (refused.Code == "denied" || AwsCalls.Is(refused, "DryRunOperation"))
        {
            return refused.Code != "denied";
        }

        throw new CloudRefusedException("invalid", Action, "the endpoint made a call that asked for a dry run");
    }

    private async Task<LaunchTemplateVersion?> FindAsync(string templateId, string version, bool resolve, CancellationToken cancellationToken)
    {
        var request = new DescribeLaunchTemplateVersionsRequest { LaunchTemplateId = templateId, Versions = [version], ResolveAlias = resolve ? true : null };
        try
        {
            var answer = await calls.MakeAsync("ec2:DescribeLaunchTemplateVersions", () => client.DescribeLaunchTemplateVersionsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            return answer.LaunchTemplateVersions?.SingleOrDefault();
        }
        catch (CloudRefusedException missing) when (missing.Code == "not-found" || AwsCalls.Is(missing, "InvalidLaunchTemplateId.Malformed"))
        {
            return null;
        }
    }

    private async Task<TemplateVersion> TranslatedAsync(LaunchTemplateVersion version, CancellationToken cancellationToken)
    {
        var data = version.LaunchTemplateData;
        var image = string.IsNullOrEmpty(data?.ImageId) ? null : data.ImageId;
        return new TemplateVersion
        {
            TemplateId = version.LaunchTemplateId,
            TemplateName = version.LaunchTemplateName ?? "",
            Number = version.VersionNumber ?? 0,
            ImageId = image,
            ResolvedImageId = await ResolvedAsync(version, image, cancellationToken).ConfigureAwait(false),
            InstanceType = data?.InstanceType?.Value,
            Data = CanonicalJson.Of(data),
            Description = version.VersionDescription,
        };
    }

    private async Task<string?> ResolvedAsync(LaunchTemplateVersion version, string? image, CancellationToken cancellationToken)
    {
        if (image?.StartsWith(Alias, StringComparison.Ordinal) != true)
        {
            return image;
        }

        var resolved = await FindAsync(version.LaunchTemplateId, $"{version.VersionNumber}", resolve: true, cancellationToken).ConfigureAwait(false);
        return resolved?.LaunchTemplateData?.ImageId;
    }

    /// <summary>All block devices given again, since AWS drops their snapshots from a copy; a snapshot that belongs to the old image stays away, and the root device takes the new image's.</summary>
    private async Task<List<LaunchTemplateBlockDeviceMappingRequest>> DevicesAsync(LaunchTemplateVersion source, IReadOnlyList<JsonObject> devices, string imageId, CancellationToken cancellationToken)
    {
        if (!devices.Any(HasSnapshot))
        {
            return [.. devices.Select(device => DeviceTranslation.Of(device, null))];
        }

        var old = await ResolvedAsync(source, source.LaunchTemplateData.ImageId, cancellationToken).ConfigureAwait(false);
        var request = new DescribeImagesRequest { Filters = [new Filter { Name = "image-id", Values = old is null ? [imageId] : [imageId, old] }] };
        var answer = await calls.MakeAsync("ec2:DescribeImages", () => client.DescribeImagesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        var images = answer.Images ?? [];
        var root = images.FirstOrDefault(image => image.ImageId == imageId)?.RootDeviceName;
        var foreign = images.FirstOrDefault(image => image.ImageId == old)?.BlockDeviceMappings ?? [];
        var given = new List<LaunchTemplateBlockDeviceMappingRequest>();
        foreach (var device in devices)
        {
            var snapshot = SnapshotOf(device);
            var own = !string.IsNullOrEmpty(snapshot) && (string?)device["DeviceName"] != root && foreign.All(mapping => mapping.Ebs?.SnapshotId != snapshot);
            if (own && old is not null && images.All(image => image.ImageId != old))
            {
                throw new CloudRefusedException("invalid", "ec2:CreateLaunchTemplateVersion",
                    $"whether snapshot {snapshot} of device {device["DeviceName"]} belongs to image {old} cannot be told, since that image is gone; write a template version without the snapshot, or with one of its own");
            }

            given.Add(DeviceTranslation.Of(device, own ? snapshot : null));
        }

        return given;
    }

    private static bool HasSnapshot(JsonNode? device) => !string.IsNullOrEmpty(SnapshotOf(device));

    private static string? SnapshotOf(JsonNode? device) => (string?)device?["Ebs"]?["SnapshotId"];
}
