using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;

namespace Fleet.Sandbox.Aws.Iam;

/// <summary>What AWS asks permission for when an operation is called (Service Authorization Reference, "Actions, resources, and condition keys"); an operation whose resources are not named here needs its action on <c>*</c>.</summary>
internal sealed class IamNeeds(World world, string region)
{
    private const string Alias = "resolve:ssm:";

    private readonly string _account = world.Cloud.Account;
    private readonly string _region = region;
    private readonly CloudState _cloud = world.CloudIn(region);

    public IEnumerable<IamRequest> Of(AwsService service, string operation, JsonObject request)
    {
        var action = $"{Prefix(service)}:{operation}";
        return (service, operation) switch
        {
            (AwsService.AutoScaling, "UpdateAutoScalingGroup" or "CreateAutoScalingGroup") => [Group(action, request.Text("AutoScalingGroupName")), .. Launching(request)],
            (AwsService.AutoScaling, "TerminateInstanceInAutoScalingGroup") => [Group(action, world.Cloud.Instances.GetValueOrDefault(request.Text("InstanceId") ?? "")?.Group)],
            (AwsService.AutoScaling, "SetDesiredCapacity" or "SuspendProcesses" or "ResumeProcesses" or "SetInstanceProtection" or "DeleteAutoScalingGroup") => [Group(action, request.Text("AutoScalingGroupName"))],
            (AwsService.Ec2, "CreateLaunchTemplateVersion") => [Template(action, TemplateOf(request))],
            (AwsService.Ec2, "DescribeLaunchTemplateVersions") when request.Flag("ResolveAlias") ?? false =>
                [Asked(action, "*"), .. request.Texts("Versions").SelectMany(version => Parameters(TemplateOf(request), version))],
            (AwsService.Ec2, "CopyImage") => [Asked(action, $"arn:aws:ec2:{_region}::image/*"), Asked(action, $"arn:aws:ec2:{_region}::snapshot/*"), .. Marking(action, request)],
            (AwsService.Ec2, "ModifyImageAttribute" or "EnableImageDeprecation" or "DisableImageDeprecation" or "EnableImage" or "DisableImage" or "DeregisterImage") => [Disk(action, request.Text("ImageId") ?? "")],
            (AwsService.Ec2, "DeleteSnapshot") => [Disk(action, request.Text("SnapshotId") ?? "")],
            (AwsService.Ec2, "CreateTags" or "DeleteTags") => request.Texts("Resources").Select(id => Tagged(action, id)),
            (AwsService.Ec2, "RunInstances") => Running(action, request),
            (AwsService.Ec2, "TerminateInstances") => request.Texts("InstanceIds").Select(id => Instance(action, id)),
            (AwsService.Ec2, "GetConsoleOutput") => [Instance(action, request.Text("InstanceId") ?? "")],
            (AwsService.Kms, _) => Key(action, request.Text("KeyId") ?? ""),
            (AwsService.Ssm, "GetParametersByPath") => [Parameter(action, request.Text("Path") ?? "")],
            (AwsService.Ssm, "PutParameter" or "DeleteParameter") => [Parameter(action, request.Text("Name") ?? "")],
            (AwsService.Ssm, "GetParameter") => [Parameter(action, request.Text("Name") ?? "")],
            (AwsService.Ssm, "GetParameters") => request.Texts("Names").Select(name => Parameter(action, name)),
            (AwsService.Ssm, "SendCommand") => [Asked(action, Document(request.Text("DocumentName") ?? "")), .. request.Texts("InstanceIds").Select(id => Instance(action, id))],
            _ => [Asked(action, "*")],
        };
    }

    /// <summary>What a launch outside of groups needs; a profile's role is taken to have the profile's name.</summary>
    private IEnumerable<IamRequest> Running(string action, JsonObject request)
    {
        var launched = new[] { $"arn:aws:ec2:{_region}::image/{request.Text("ImageId")}", Arn("ec2", "instance/*"), Arn("ec2", "volume/*"), Arn("ec2", "network-interface/*"), Arn("ec2", $"subnet/{request.Text("SubnetId") ?? "*"}") };
        var groups = request.Texts("SecurityGroupIds").DefaultIfEmpty("*").Select(group => Arn("ec2", $"security-group/{group}"));
        var passed = request["IamInstanceProfile"] is JsonObject profile ? [Passed(profile)] : (IamRequest[])[];
        return [.. launched.Concat(groups).Select(resource => Asked(action, resource)), .. Marking(action, request).Select(asked => asked with { Resource = asked.Resource.Replace("::", $":{_account}:", StringComparison.Ordinal) }), .. passed];
    }

    private IamRequest Passed(JsonObject profile) => new("iam:PassRole", $"arn:aws:iam::{_account}:role/{profile.Text("Name") ?? profile.Text("Arn")?.Split('/')[^1]}")
    {
        Context = new Dictionary<string, string> { ["iam:PassedToService"] = "ec2.amazonaws.com" },
    };

    private static string Prefix(AwsService service) => service switch
    {
        AwsService.AutoScaling => "autoscaling",
        AwsService.Ssm => "ssm",
        AwsService.Kms => "kms",
        AwsService.Sts => "sts",
        _ => "ec2",
    };

    /// <summary>
    /// Who creates or updates a group is asked for what its launches need (Auto Scaling, "Control Amazon EC2 launch template usage in Auto Scaling groups"). A profile's role is taken to have the profile's name, as kOps and eksctl make it.
    /// </summary>
    private IEnumerable<IamRequest> Launching(JsonObject request)
    {
        var named = request["LaunchTemplate"] as JsonObject;
        var group = world.Cloud.Groups.GetValueOrDefault(request.Text("AutoScalingGroupName") ?? "");
        var template = named is null ? world.Cloud.Templates.GetValueOrDefault(group?.TemplateId ?? "") : TemplateOf(named);
        var version = named?.Text("Version") ?? group?.TemplateVersion ?? "$Default";
        if (template?.Resolve(version) is not { } number)
        {
            yield break;
        }

        var made = template.Versions[number];
        var context = new Dictionary<string, string> { ["aws:RequestedRegion"] = _region, ["ec2:LaunchTemplate"] = Arn("ec2", $"launch-template/{template.Id}") };
        yield return Template("ec2:RunInstances", template) with { Context = context };
        foreach (var resource in (string[])[$"arn:aws:ec2:{_region}::image/{ImageOf(made)}", Arn("ec2", "instance/*"), Arn("ec2", "volume/*"), Arn("ec2", "network-interface/*"), Arn("ec2", "subnet/*")])
        {
            yield return new IamRequest("ec2:RunInstances", resource) { Context = context };
        }

        if (made.Data["TagSpecifications"] is JsonArray { Count: > 0 })
        {
            yield return new IamRequest("ec2:CreateTags", Arn("ec2", "instance/*")) { Context = new Dictionary<string, string> { ["ec2:CreateAction"] = "RunInstances" } };
        }

        if (made.Data["IamInstanceProfile"] is JsonObject profile)
        {
            yield return Passed(profile);
        }

        foreach (var parameter in Parameters(template, version))
        {
            yield return parameter;
        }
    }

    private string? ImageOf(LaunchTemplateVersion version) =>
        version.ImageId?.StartsWith(Alias, StringComparison.Ordinal) == true ? world.Cloud.Parameters.GetValueOrDefault(version.ImageId[Alias.Length..])?.Value : version.ImageId;

    private IEnumerable<IamRequest> Parameters(LaunchTemplate? template, string version)
    {
        var image = template?.Resolve(version) is { } number ? template.Versions[number].ImageId : null;
        return image?.StartsWith(Alias, StringComparison.Ordinal) == true ? [Parameter("ssm:GetParameters", image[Alias.Length..])] : [];
    }

    private IamRequest Asked(string action, string resource) => new(action, resource) { Context = new Dictionary<string, string> { ["aws:RequestedRegion"] = _region } };

    private IamRequest Group(string action, string? name) => Asked(action, name is null ? "*" : AutoScalingView.ArnOf(world, name)) with
    {
        Tags = world.Cloud.Groups.GetValueOrDefault(name ?? "")?.Tags.ToDictionary(tag => tag.Key, tag => tag.Value.Value) ?? [],
    };

    private IamRequest Template(string action, LaunchTemplate? template) =>
        template is null ? Asked(action, Arn("ec2", "launch-template/*")) : Asked(action, Arn("ec2", $"launch-template/{template.Id}")) with { Tags = template.Tags };

    private IamRequest Instance(string action, string id) => world.Cloud.Instances.GetValueOrDefault(id) is { } instance
        ? Asked(action, Arn("ec2", $"instance/{id}")) with { Tags = instance.Tags }
        : Asked(action, Arn("ec2", $"instance/{id}"));

    /// <summary>An image or a snapshot; they belong to no account in their names.</summary>
    private IamRequest Disk(string action, string id) => Asked(action, DiskArn(id)) with
    {
        Tags = (_cloud.Images.GetValueOrDefault(id) is { State: not "deregistered" } image ? image.Tags : null) ?? _cloud.Snapshots.GetValueOrDefault(id)?.Tags ?? ImmutableSortedDictionary<string, string>.Empty,
    };

    private IamRequest Tagged(string action, string id) =>
        id.StartsWith("ami-", StringComparison.Ordinal) || id.StartsWith("snap-", StringComparison.Ordinal) ? Disk(action, id)
        : _cloud.Templates.GetValueOrDefault(id) is { } template ? Template(action, template)
        : Instance(action, id);

    /// <summary>Tags that are given with a creation need permission to tag what is created.</summary>
    private IEnumerable<IamRequest> Marking(string creation, JsonObject request) =>
        from specification in request["TagSpecifications"] as JsonArray ?? []
        let type = specification?["ResourceType"]?.GetValue<string>()
        let asked = Asked("ec2:CreateTags", $"arn:aws:ec2:{_region}::{type}/*")
        select asked with { Context = asked.Context.Append(KeyValuePair.Create("ec2:CreateAction", creation["ec2:".Length..])).ToDictionary() };

    private string DiskArn(string id) => $"arn:aws:ec2:{_region}::{(id.StartsWith("snap-", StringComparison.Ordinal) ? "snapshot" : "image")}/{id}";

    private IamRequest Parameter(string action, string name) =>
        Asked(action, name.StartsWith("arn:", StringComparison.Ordinal) ? name : Arn("ssm", $"parameter/{name.TrimStart('/')}"));

    /// <summary>What an alias names is judged, never the alias; one that is not there is not found, whoever asks.</summary>
    private IEnumerable<IamRequest> Key(string action, string name) =>
        _cloud.FindKey(name) is { } key ? [Asked(action, _cloud.ArnOf(key))] : name.Contains("alias/", StringComparison.Ordinal) ? [] : [Asked(action, name.StartsWith("arn:", StringComparison.Ordinal) ? name : Arn("kms", $"key/{name}"))];

    /// <summary>Amazon's own documents belong to no account.</summary>
    private string Document(string name) => name.StartsWith("arn:", StringComparison.Ordinal) ? name
        : name.StartsWith("AWS-", StringComparison.Ordinal) ? $"arn:aws:ssm:{_region}::document/{name}"
        : Arn("ssm", $"document/{name}");

    private string Arn(string service, string resource) => $"arn:aws:{service}:{_region}:{_account}:{resource}";

    private LaunchTemplate? TemplateOf(JsonObject request) =>
        world.Cloud.Templates.Values.FirstOrDefault(template => template.Id == request.Text("LaunchTemplateId") || template.Name == request.Text("LaunchTemplateName"));
}
