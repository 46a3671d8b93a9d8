using System.Collections.Immutable;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Cloud;

public sealed partial class CloudApi
{
    /// <summary>Instances by id (one unknown id refuses the whole call), or all that pass; a page only where maxResults is given.</summary>
    public Page<Instance> DescribeInstances(IReadOnlyList<string>? ids = null, IReadOnlyList<AwsFilter>? filters = null, string? nextToken = null, int? maxResults = null) =>
        Read(nameof(DescribeInstances), Subject(ids), () => PageOf(
            InstancesOf(ids).Where(instance => (filters ?? []).All(filter => filter.Passes(ValuesOf(instance, filter)))), instance => $"{instance.Number:d9}", nextToken, maxResults ?? int.MaxValue - 1, BadToken));

    /// <summary>Terminates instances past their group, which finds it at its next health check and replaces them.</summary>
    public IReadOnlyList<(Instance Before, Instance After)> TerminateInstances(IReadOnlyList<string> ids) => WriteEc2(nameof(TerminateInstances), Subject(ids), null, () =>
    {
        var before = InstancesOf(ids);
        foreach (var instance in before)
        {
            Cloud.Engine.Lifecycle.Terminate(instance, TerminationCause.Ec2Request, caller, decrement: false, "");
            if (instance.Group is { } group)
            {
                Cloud.Engine.BecameUnhealthy(group);
            }
        }

        return (IReadOnlyList<(Instance, Instance)>)[.. before.Select(instance => (instance, Cloud.Instances[instance.Id]))];
    });

    /// <summary>What an instance wrote on its console; null while there is nothing.</summary>
    public string? GetConsoleOutput(string id) => Read(nameof(GetConsoleOutput), id, () =>
    {
        var instance = InstancesOf([id])[0];
        return world.Now - instance.Launched < TimeSpan.FromSeconds(30) ? null : ConsoleOutput.Of(instance, Cloud);
    });

    /// <summary>Instance types by name (one unknown name refuses the call), or all that the world knows.</summary>
    public IReadOnlyList<NodeProfile> DescribeInstanceTypes(IReadOnlyList<string>? types = null) => Read(nameof(DescribeInstanceTypes), Subject(types), () =>
    {
        var missing = (types ?? []).Where(type => !Cloud.Profiles.ContainsKey(type)).ToList();
        if (missing.Count > 0)
        {
            throw new CallRefusedException(BadRequest, "InvalidInstanceType", $"The following supplied instance types do not exist: [{string.Join(", ", missing)}]");
        }

        return (IReadOnlyList<NodeProfile>)[.. types is { Count: > 0 } ? types.Distinct().Select(type => Cloud.Profiles[type]) : Cloud.Profiles.Values];
    });

    /// <summary>Zones, each with its subnet: answers DescribeAvailabilityZones and DescribeSubnets.</summary>
    /// <param name="verb">The operation.</param>
    /// <param name="names">Zones or subnets; null for all.</param>
    public IReadOnlyList<string> DescribeZones(string verb, IReadOnlyList<string>? names = null) => Read(verb, Subject(names), () =>
    {
        var zones = (names ?? []).Select(name => Cloud.Zones.Contains(name) ? name : Cloud.Addresses.ZoneOf(name) ?? throw (verb == "DescribeSubnets"
            ? new CallRefusedException(BadRequest, "InvalidSubnetID.NotFound", $"The subnet ID '{name}' does not exist")
            : new CallRefusedException(BadRequest, "InvalidParameterValue", $"Invalid availability zone: [{name}]"))).ToList();
        return (IReadOnlyList<string>)(zones.Count > 0 ? zones : [.. Cloud.Zones]);
    });

    /// <summary>Sets tags of instances, launch templates, images and snapshots.</summary>
    public void CreateTags(IReadOnlyList<string> resources, IReadOnlyDictionary<string, string> tags) =>
        Retag(nameof(CreateTags), resources, string.Join(',', tags.Select(tag => $"{tag.Key}={tag.Value}")), old => old.SetItems(tags));

    /// <summary>Removes tags of instances, launch templates, images and snapshots.</summary>
    public void DeleteResourceTags(IReadOnlyList<string> resources, IReadOnlyCollection<string> keys) =>
        Retag("DeleteTags", resources, string.Join(',', keys), old => old.RemoveRange(keys));

    private static IEnumerable<string> ValuesOf(Instance instance, AwsFilter filter) => filter.Name switch
    {
        "instance-id" => [instance.Id],
        "instance-state-name" => [instance.State],
        "instance-type" => [instance.InstanceType],
        "image-id" => [instance.ImageId],
        "availability-zone" => [instance.Zone],
        "private-dns-name" => [instance.PrivateDnsName],
        "private-ip-address" => [instance.PrivateIp],
        _ => filter.OnTags(instance.Tags) ?? throw UnknownFilter(filter),
    };

    private static CallRefusedException UnknownFilter(AwsFilter filter) => new(BadRequest, "InvalidParameterValue", $"The filter '{filter.Name}' is invalid");

    private List<Instance> InstancesOf(IReadOnlyList<string>? ids)
    {
        if (ids is not { Count: > 0 })
        {
            return [.. Cloud.Instances.Values];
        }

        var missing = ids.Where(id => !Cloud.Instances.ContainsKey(id)).ToList();
        return missing.Count == 0
            ? [.. ids.Distinct().Select(id => Cloud.Instances[id])]
            : throw new CallRefusedException(BadRequest, "InvalidInstanceID.NotFound", $"The instance ID{(missing.Count > 1 ? "s" : "")} '{string.Join(", ", missing)}' do{(missing.Count > 1 ? "" : "es")} not exist");
    }

    private void Retag(string verb, IReadOnlyList<string> resources, string detail, Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change) =>
        WriteEc2(verb, Subject(resources), detail, () =>
        {
            foreach (var put in resources.Select(id => RetaggedOf(id, change)).ToList())
            {
                put();
            }

            return true;
        });

    private Action RetaggedOf(string id, Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change) =>
        Cloud.Instances.TryGetValue(id, out var instance) ? () => Cloud.Put(instance with { Tags = change(instance.Tags) })
        : Cloud.Templates.TryGetValue(id, out var template) ? () => Cloud.Put(template with { Tags = change(template.Tags) })
        : Cloud.Snapshots.TryGetValue(id, out var snapshot) ? () => Cloud.Put(snapshot with { Tags = change(snapshot.Tags) })
        : FindImage(id) is { } image ? () => Cloud.Put(image with { Tags = change(image.Tags) })
        : throw new CallRefusedException(BadRequest, id.StartsWith("ami-", StringComparison.Ordinal) ? "InvalidAMIID.NotFound" : "InvalidID", $"The ID '{id}' is not valid");
}
