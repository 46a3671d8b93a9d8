using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Templates;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Ports;

/// <summary>The images and instance types of a simulated account, without a wire and without retries.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Access key id, for the log and for fault rules.</param>
public sealed class SimulatedMachineImages(World world, string caller = "fleet") : IMachineImages
{
    private readonly CloudApi _api = new(world, caller);
    private readonly Dictionary<string, IReadOnlyList<string>> _architectures = [];

    /// <inheritdoc/>
    public Task<MachineImage?> ResolveAsync(ImageSource source, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Resolve(source));
        }
        catch (CloudRefusedException missing) when (missing.Code == "not-found")
        {
            return Task.FromResult<MachineImage?>(null);
        }
        catch (CloudRefusedException refused)
        {
            return Task.FromException<MachineImage?>(refused);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ArchitecturesAsync(string instanceType, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_architectures.TryGetValue(instanceType, out var known))
        {
            return Task.FromResult(known);
        }

        try
        {
            var found = CloudFailure.Make("ec2", "DescribeInstanceTypes", () => _api.DescribeInstanceTypes([instanceType]));
            return Task.FromResult(_architectures[instanceType] = [.. found.Select(profile => profile.Architecture)]);
        }
        catch (CloudRefusedException unknown) when (CloudFailure.Is(unknown, "InvalidInstanceType"))
        {
            return Task.FromResult<IReadOnlyList<string>>([]);
        }
        catch (CloudRefusedException refused)
        {
            return Task.FromException<IReadOnlyList<string>>(refused);
        }
    }

    private MachineImage? Resolve(ImageSource source)
    {
        var id = source.Parameter is { } name ? CloudFailure.Make("ssm", "GetParameter", () => _api.GetParameter(name)).Value.Trim() : source.Id;
        var images = CloudFailure.Make("ec2", "DescribeImages", () => id is not null
            ? _api.DescribeImages([id])
            : _api.DescribeImages(owners: source.Owner is { } owner ? [owner] : null, filters: [new AwsFilter("name", [source.Name ?? ""]), new AwsFilter("state", ["available"])]));
        return images.OrderByDescending(image => image.Created).ThenByDescending(image => image.Id, StringComparer.Ordinal)
            .Select(image => new MachineImage(image.Id, image.Name, image.Architecture, image.State, image.RootDevice, image.Tags.GetValueOrDefault(ImageTags.Kubernetes))).FirstOrDefault();
    }
}
