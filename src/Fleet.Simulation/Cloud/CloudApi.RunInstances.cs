using System.Collections.Immutable;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Cloud;

public sealed partial class CloudApi
{
    private const int MostTokenCharacters = 64;

    /// <summary>Asks for what a world has none of, as key pairs.</summary>
    public void DescribeNone(string verb) => Read(verb, "*", () => true);

    /// <summary>Launches instances in no group. The same token with the same parameters gives the same instances, whatever has become of them, as long as they are shown.</summary>
    public IReadOnlyList<Instance> RunInstances(InstanceRequest request) =>
        WriteEc2(nameof(RunInstances), request.ImageId, $"type={request.InstanceType} count={request.MinCount}-{request.MaxCount} token={request.ClientToken}", () =>
        {
            var type = request.InstanceType ?? "m1.small";
            var arguments = $"{request.ImageId} {type} {request.Subnet} {request.Profile} {request.MinCount} {request.MaxCount} {string.Join(',', request.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))}";
            if (request.ClientToken is { Length: > MostTokenCharacters })
            {
                throw new CallRefusedException(BadRequest, "InvalidParameterValue", $"Value ({request.ClientToken}) for parameter clientToken is invalid. Client token must be at most {MostTokenCharacters} characters.");
            }

            if (request.ClientToken is { } token && Cloud.InstanceTokens.TryGetValue(token, out var known) && known.Ids.All(Cloud.Instances.ContainsKey))
            {
                return known.Arguments == arguments
                    ? [.. known.Ids.Select(id => Cloud.Instances[id])]
                    : throw new CallRefusedException(BadRequest, "IdempotentParameterMismatch", "The client token was used before with other parameters.");
            }

            var (zone, profile) = Launchable(request, type);
            var tags = request.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal);
            var launched = Enumerable.Range(0, request.MaxCount).Select(_ => Cloud.Engine.Lifecycle.LaunchAlone(zone, request.ImageId, profile, tags, managed: request.Profile is not null)).ToList();
            if (request.ClientToken is { } fresh)
            {
                Cloud.InstanceTokens[fresh] = (arguments, [.. launched.Select(instance => instance.Id)]);
            }

            return (IReadOnlyList<Instance>)launched;
        });

    /// <summary>Where, and of which type; what EC2 would refuse is refused.</summary>
    private (string Zone, NodeProfile Profile) Launchable(InstanceRequest request, string type)
    {
        if (request.MinCount < 1 || request.MaxCount < request.MinCount)
        {
            throw new CallRefusedException(BadRequest, "InvalidParameterCombination", $"Invalid number of instances: {request.MinCount} to {request.MaxCount}.");
        }

        var image = FindImage(request.ImageId) ?? throw NoImage([request.ImageId]);
        if (image.State != "available")
        {
            throw Unavailable(image);
        }

        var zone = request.Subnet is null ? Cloud.Zones[0] : Cloud.Addresses.ZoneOf(request.Subnet) ?? throw new CallRefusedException(BadRequest, "InvalidSubnetID.NotFound", $"The subnet ID '{request.Subnet}' does not exist");
        var profile = Cloud.Profiles.GetValueOrDefault(type) ?? new NodeProfile { InstanceType = type };
        if (profile.Architecture != image.Architecture)
        {
            throw new CallRefusedException(
                BadRequest, "InvalidParameterValue", $"The architecture '{profile.Architecture}' of the specified instance type does not match the architecture '{image.Architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.");
        }

        return LaunchSource.Refuses(zone, Cloud)
            ? throw new CallRefusedException(500, "InsufficientInstanceCapacity", $"We currently do not have sufficient {type} capacity in the Availability Zone you requested ({zone}). Our system will be working on provisioning additional capacity.")
            : (zone, profile);
    }
}
