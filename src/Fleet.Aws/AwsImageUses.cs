using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Rotations;
using Ec2Filter = Amazon.EC2.Model.Filter;

namespace Fleet.Aws;

/// <summary>Reads everything in an account and region that needs an image, a page at a time.</summary>
internal sealed class AwsImageUses(IAmazonEC2 client, IAmazonAutoScaling scaling, IAmazonSimpleSystemsManagement parameters, AwsCalls calls)
{
    private const int Instances = 1000;
    private const int Templates = 200;
    private const int Groups = 100;
    private const int Names = 10;

    /// <summary>Reads the uses.</summary>
    public async Task<IReadOnlyList<ImageUse>> ReadAsync(string region, IReadOnlyList<string> parameterPaths, CancellationToken cancellationToken)
    {
        var named = new List<(string Image, ImageUseKind Kind, string Subject)>();
        var waiting = new HashSet<string>();
        await ReadGroupsAsync(named, waiting, cancellationToken).ConfigureAwait(false);
        await ReadInstancesAsync(named, waiting, cancellationToken).ConfigureAwait(false);
        await ReadTemplatesAsync(named, cancellationToken).ConfigureAwait(false);
        await ReadParametersAsync(named, parameterPaths.Where(path => ParameterAlias.Of(path) is null), cancellationToken).ConfigureAwait(false);
        named.AddRange(parameterPaths.Where(path => ParameterAlias.Of(path) is not null).Select(alone => (alone, ImageUseKind.Parameter, "a pool's image")));
        var aliases = await ValuesAsync([.. named.Select(use => ParameterAlias.Of(use.Image)).OfType<string>().Distinct()], cancellationToken).ConfigureAwait(false);
        return
        [
            .. from use in named
               let alias = ParameterAlias.Of(use.Image)
               let image = alias is null ? use.Image : aliases.GetValueOrDefault(alias)
               where image is not null
               select new ImageUse(region, image, use.Kind, alias is null ? use.Subject : $"{use.Subject} by parameter {alias}"),
        ];
    }

    private async Task ReadGroupsAsync(List<(string, ImageUseKind, string)> named, HashSet<string> waiting, CancellationToken cancellationToken)
    {
        var request = new DescribeAutoScalingGroupsRequest { MaxRecords = Groups, IncludeInstances = false };
        var warm = new List<string>();
        var configured = false;
        do
        {
            var page = await calls.MakeAsync("autoscaling:DescribeAutoScalingGroups", () => scaling.DescribeAutoScalingGroupsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var group in page.AutoScalingGroups ?? [])
            {
                named.AddRange((group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []).Where(given => !string.IsNullOrEmpty(given.ImageId)).Select(given => (given.ImageId, ImageUseKind.Group, group.AutoScalingGroupName)));
                configured |= !string.IsNullOrEmpty(group.LaunchConfigurationName);
                if (group.WarmPoolConfiguration is not null)
                {
                    warm.Add(group.AutoScalingGroupName);
                }
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        foreach (var group in warm)
        {
            await ReadWarmPoolAsync(group, waiting, cancellationToken).ConfigureAwait(false);
        }

        if (configured)
        {
            await ReadConfigurationsAsync(named, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadWarmPoolAsync(string group, HashSet<string> waiting, CancellationToken cancellationToken)
    {
        var request = new DescribeWarmPoolRequest { AutoScalingGroupName = group };
        do
        {
            var page = await calls.MakeAsync("autoscaling:DescribeWarmPool", () => scaling.DescribeWarmPoolAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            waiting.UnionWith((page.Instances ?? []).Select(instance => instance.InstanceId));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
    }

    /// <summary>A configuration that no group has now can be given to one again, as a template's version can.</summary>
    private async Task ReadConfigurationsAsync(List<(string, ImageUseKind, string)> named, CancellationToken cancellationToken)
    {
        var request = new DescribeLaunchConfigurationsRequest { MaxRecords = Groups };
        do
        {
            var page = await calls.MakeAsync("autoscaling:DescribeLaunchConfigurations", () => scaling.DescribeLaunchConfigurationsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            named.AddRange((page.LaunchConfigurations ?? []).Select(item => (item.ImageId, ImageUseKind.Group, $"launch configuration {item.LaunchConfigurationName}")));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
    }

    private async Task ReadInstancesAsync(List<(string, ImageUseKind, string)> named, HashSet<string> waiting, CancellationToken cancellationToken)
    {
        var states = new Ec2Filter { Name = "instance-state-name", Values = ["pending", "running", "shutting-down", "stopping", "stopped"] };
        var request = new DescribeInstancesRequest { Filters = [states], MaxResults = Instances };
        do
        {
            var page = await calls.MakeAsync("ec2:DescribeInstances", () => client.DescribeInstancesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            named.AddRange((page.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? [])
                .Select(instance => (instance.ImageId, waiting.Contains(instance.InstanceId) ? ImageUseKind.WarmPool : ImageUseKind.Instance, instance.InstanceId)));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
    }

    private async Task ReadTemplatesAsync(List<(string, ImageUseKind, string)> named, CancellationToken cancellationToken)
    {
        var request = new DescribeLaunchTemplatesRequest { MaxResults = Templates };
        do
        {
            var page = await calls.MakeAsync("ec2:DescribeLaunchTemplates", () => client.DescribeLaunchTemplatesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var template in page.LaunchTemplates ?? [])
            {
                await ReadVersionsAsync(named, template.LaunchTemplateId, cancellationToken).ConfigureAwait(false);
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
    }

    /// <summary>All versions of a template can only be asked for by its id; a template that went meanwhile needs nothing.</summary>
    private async Task ReadVersionsAsync(List<(string, ImageUseKind, string)> named, string template, CancellationToken cancellationToken)
    {
        var request = new DescribeLaunchTemplateVersionsRequest { LaunchTemplateId = template, MaxResults = Templates };
        do
        {
            DescribeLaunchTemplateVersionsResponse page;
            try
            {
                page = await calls.MakeAsync("ec2:DescribeLaunchTemplateVersions", () => client.DescribeLaunchTemplateVersionsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            catch (CloudRefusedException gone) when (gone.Code == "not-found")
            {
                return;
            }

            named.AddRange((page.LaunchTemplateVersions ?? []).Where(version => !string.IsNullOrEmpty(version.LaunchTemplateData?.ImageId))
                .Select(version => (version.LaunchTemplateData.ImageId, ImageUseKind.TemplateVersion, $"{version.LaunchTemplateName ?? template} version {version.VersionNumber}")));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
    }

    private async Task ReadParametersAsync(List<(string, ImageUseKind, string)> named, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            var request = new GetParametersByPathRequest { Path = path, Recursive = true, MaxResults = Names };
            do
            {
                var page = await calls.MakeAsync("ssm:GetParametersByPath", () => parameters.GetParametersByPathAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
                named.AddRange((page.Parameters ?? []).Where(parameter => ParameterAlias.IsImage(parameter.Value?.Trim() ?? "")).Select(parameter => (parameter.Value.Trim(), ImageUseKind.Parameter, parameter.Name)));
                request.NextToken = page.NextToken;
            }
            while (!string.IsNullOrEmpty(request.NextToken));
        }
    }

    /// <summary>What parameters hold now, by the names that templates give them.</summary>
    private async Task<Dictionary<string, string>> ValuesAsync(string[] names, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>();
        foreach (var batch in names.Chunk(Names))
        {
            var request = new GetParametersRequest { Names = [.. batch] };
            var answer = await calls.MakeAsync("ssm:GetParameters", () => parameters.GetParametersAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var parameter in answer.Parameters ?? [])
            {
                values[$"{parameter.Name}{parameter.Selector}"] = parameter.Value?.Trim() ?? "";
            }

            if (batch.Except(values.Keys).Except(answer.InvalidParameters ?? []).FirstOrDefault() is { } unread)
            {
                throw new CloudRefusedException("invalid", "ssm:GetParameters", $"the answer does not tell what parameter {unread} holds, which launch templates name");
            }
        }

        return values;
    }
}
