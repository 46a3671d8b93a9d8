using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Rotations;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Ports;

/// <summary>Reads everything in a simulated account and region that needs an image, a page at a time.</summary>
internal sealed class SimulatedImageUses(CloudApi api)
{
    private static readonly AwsFilter Alive = new("instance-state-name", ["pending", "running", "shutting-down", "stopping", "stopped"]);

    /// <summary>Reads the uses.</summary>
    public IReadOnlyList<ImageUse> Read(IReadOnlyList<string> parameterPaths)
    {
        var groups = Pages("autoscaling", "DescribeAutoScalingGroups", token => api.DescribeAutoScalingGroups(nextToken: token, maxRecords: 100));
        var waiting = groups.Where(group => group.WarmPool).SelectMany(group => CloudFailure.Make("autoscaling", "DescribeWarmPool", () => api.DescribeExtras("DescribeWarmPool", group.Name))[0].WarmInstances).ToHashSet();
        IReadOnlyList<LaunchConfiguration> configurations = groups.Exists(group => group.LaunchConfiguration is not null)
            ? Pages("autoscaling", "DescribeLaunchConfigurations", token => api.DescribeLaunchConfigurations(nextToken: token, maxRecords: 100))
            : [];
        var instances = Pages("ec2", "DescribeInstances", token => api.DescribeInstances(filters: [Alive], nextToken: token, maxResults: 1000));
        var versions = Pages("ec2", "DescribeLaunchTemplates", token => api.DescribeLaunchTemplates(nextToken: token))
            .SelectMany(template => Versions(template.Id).Select(version => (version.ImageId, Subject: $"{template.Name} version {version.Number}"))).ToList();
        var parameters = parameterPaths.Where(path => ParameterAlias.Of(path) is null).SelectMany(path => Pages("ssm", "GetParametersByPath", token => api.GetParametersByPath(path, recursive: true, token)));
        List<(string Image, ImageUseKind Kind, string Subject)> named =
        [
            .. groups.SelectMany(group => group.OverrideImages.Select(image => (image, ImageUseKind.Group, group.Name))),
            .. configurations.Select(item => (item.ImageId, ImageUseKind.Group, $"launch configuration {item.Name}")),
            .. instances.Select(instance => (instance.ImageId, waiting.Contains(instance.Id) ? ImageUseKind.WarmPool : ImageUseKind.Instance, instance.Id)),
            .. versions.Where(version => !string.IsNullOrEmpty(version.ImageId)).Select(version => (version.ImageId!, ImageUseKind.TemplateVersion, version.Subject)),
            .. parameters.Where(parameter => ParameterAlias.IsImage(parameter.Value.Trim())).Select(parameter => (parameter.Value.Trim(), ImageUseKind.Parameter, parameter.Name)),
            .. parameterPaths.Where(path => ParameterAlias.Of(path) is not null).Select(alone => (alone, ImageUseKind.Parameter, "a pool's image")),
        ];
        var values = named.Select(use => ParameterAlias.Of(use.Image)).OfType<string>().Distinct().Chunk(10)
            .SelectMany(names => CloudFailure.Make("ssm", "GetParameters", () => api.GetParameters(names))).ToDictionary(parameter => parameter.Name, parameter => parameter.Value.Trim());
        return
        [
            .. from use in named
               let alias = ParameterAlias.Of(use.Image)
               let image = alias is null ? use.Image : values.GetValueOrDefault(alias)
               where image is not null
               select new ImageUse(api.Cloud.Region, image, use.Kind, alias is null ? use.Subject : $"{use.Subject} by parameter {alias}"),
        ];
    }

    private static List<T> Pages<T>(string service, string operation, Func<string?, Page<T>> read)
    {
        var found = new List<T>();
        string? token = null;
        do
        {
            var page = CloudFailure.Make(service, operation, () => read(token));
            found.AddRange(page.Items);
            token = page.NextToken;
        }
        while (token is not null);
        return found;
    }

    private List<LaunchTemplateVersion> Versions(string template)
    {
        try
        {
            return Pages("ec2", "DescribeLaunchTemplateVersions", token => api.DescribeLaunchTemplateVersions(template, null, nextToken: token));
        }
        catch (CloudRefusedException gone) when (gone.Code == "not-found")
        {
            return [];
        }
    }
}
