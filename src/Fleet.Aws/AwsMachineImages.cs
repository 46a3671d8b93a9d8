using System.Collections.Concurrent;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Templates;
using ImageFilter = Amazon.EC2.Model.Filter;

namespace Fleet.Aws;

/// <summary>Machine images and instance types over the wire. An instance type's architectures never change and are asked for once.</summary>
internal sealed class AwsMachineImages(IAmazonEC2 client, IAmazonSimpleSystemsManagement parameters, AwsCalls calls) : IMachineImages
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _architectures = [];

    /// <inheritdoc/>
    public async Task<MachineImage?> ResolveAsync(ImageSource source, CancellationToken cancellationToken)
    {
        try
        {
            var id = source.Parameter is { } name ? await ParameterAsync(name, cancellationToken).ConfigureAwait(false) : source.Id;
            var request = id is not null
                ? new DescribeImagesRequest { ImageIds = [id] }
                : new DescribeImagesRequest { Owners = source.Owner is { } owner ? [owner] : null, Filters = [Filter("name", source.Name ?? ""), Filter("state", "available")] };
            var images = await ReadAsync(request, cancellationToken).ConfigureAwait(false);
            return images.OrderByDescending(image => image.CreationDate, StringComparer.Ordinal).ThenByDescending(image => image.ImageId, StringComparer.Ordinal)
                .Select(image => new MachineImage(image.ImageId, image.Name ?? "", image.Architecture?.Value ?? "", image.State?.Value ?? "", image.RootDeviceName, image.Tags?.FirstOrDefault(tag => tag.Key == ImageTags.Kubernetes)?.Value)).FirstOrDefault();
        }
        catch (CloudRefusedException missing) when (missing.Code == "not-found" || AwsCalls.Is(missing, "InvalidAMIID.Malformed") || AwsCalls.Is(missing, "InvalidAMIID.Unavailable"))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ArchitecturesAsync(string instanceType, CancellationToken cancellationToken)
    {
        if (_architectures.TryGetValue(instanceType, out var known))
        {
            return known;
        }

        try
        {
            var request = new DescribeInstanceTypesRequest { InstanceTypes = [instanceType] };
            var answer = await calls.MakeAsync("ec2:DescribeInstanceTypes", () => client.DescribeInstanceTypesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            return _architectures[instanceType] = [.. (answer.InstanceTypes ?? []).SelectMany(type => type.ProcessorInfo?.SupportedArchitectures ?? [])];
        }
        catch (CloudRefusedException unknown) when (AwsCalls.Is(unknown, "InvalidInstanceType"))
        {
            return [];
        }
    }

    private static ImageFilter Filter(string name, string value) => new() { Name = name, Values = [value] };

    private async Task<string> ParameterAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await calls.MakeAsync("ssm:GetParameter", () => parameters.GetParameterAsync(new GetParameterRequest { Name = name }, cancellationToken), cancellationToken).ConfigureAwait(false);
        return answer.Parameter?.Value?.Trim() ?? "";
    }

    private async Task<List<Image>> ReadAsync(DescribeImagesRequest request, CancellationToken cancellationToken)
    {
        var found = new List<Image>();
        do
        {
            var page = await calls.MakeAsync("ec2:DescribeImages", () => client.DescribeImagesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Images ?? []);
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return found;
    }
}
