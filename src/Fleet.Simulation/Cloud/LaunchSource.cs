using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud;

/// <summary>What a launch is made from, resolved: template, version, image, instance type and tags.</summary>
internal sealed record LaunchSource(LaunchTemplate Template, LaunchTemplateVersion Version, string ImageId, NodeProfile Profile, ImmutableSortedDictionary<string, string> Tags)
{
    /// <summary>Resolves what a group would launch in a zone now.</summary>
    /// <returns>Why it cannot, in AWS's words; null when it can.</returns>
    public static string? Of(AutoScalingGroup group, string zone, CloudState cloud, out LaunchSource? source)
    {
        source = null;
        if (group.TemplateId is null || !cloud.Templates.TryGetValue(group.TemplateId, out var template) || template.Resolve(group.TemplateVersion) is not { } number)
        {
            return "You must use a valid fully-formed launch template. The specified launch template does not exist. Launching EC2 instance failed.";
        }

        var version = template.Versions[number];
        var image = cloud.Images.GetValueOrDefault(ResolveImage(version.ImageId, cloud) ?? "");
        if (image is not { State: "available" })
        {
            return $"The image id '[{version.ImageId}]' does not exist. Launching EC2 instance failed.";
        }

        var type = version.InstanceType ?? "m5.large";
        var profile = cloud.Profiles.GetValueOrDefault(type) ?? new NodeProfile { InstanceType = type };
        if (profile.Architecture != image.Architecture)
        {
            return $"The architecture '{profile.Architecture}' of the specified instance type does not match the architecture '{image.Architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again. Launching EC2 instance failed.";
        }

        if (Refuses(zone, cloud))
        {
            var others = string.Join(", ", cloud.Zones.Where(other => !Refuses(other, cloud)));
            return $"We currently do not have sufficient {type} capacity in the Availability Zone you requested ({zone}). Our system will be working on provisioning additional capacity. You can currently get {type} capacity by not specifying an Availability Zone in your request or choosing {others}. Launching EC2 instance failed.";
        }

        source = new LaunchSource(template, version, image.Id, profile, TagsOf(group, version, template));
        return null;
    }

    /// <summary>The image behind what a template says: itself, or the value of the parameter that <c>resolve:ssm:</c> names.</summary>
    public static string? ResolveImage(string? image, CloudState cloud) =>
        image?.StartsWith("resolve:ssm:", StringComparison.Ordinal) == true ? cloud.Parameters.GetValueOrDefault(image["resolve:ssm:".Length..])?.Value : image;

    /// <summary>Whether a zone has no capacity now.</summary>
    public static bool Refuses(string zone, CloudState cloud) =>
        cloud.Outages.Any(outage => outage.Zone == zone && outage.From <= cloud.World.Now && cloud.World.Now < outage.Until);

    private static ImmutableSortedDictionary<string, string> TagsOf(AutoScalingGroup group, LaunchTemplateVersion version, LaunchTemplate template)
    {
        var tags = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        tags.AddRange(version.TagsFor("instance"));

        foreach (var (key, tag) in group.Tags.Where(tag => tag.Value.PropagateAtLaunch))
        {
            tags[key] = tag.Value;
        }

        tags["aws:autoscaling:groupName"] = group.Name;
        tags["aws:ec2launchtemplate:id"] = template.Id;
        tags["aws:ec2launchtemplate:version"] = version.Number.ToString();
        return tags.ToImmutable();
    }
}
