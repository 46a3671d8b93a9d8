using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Aws.Tests;
using Fleet.Contracts;
using Fleet.Sandbox.Aws.Iam;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;

namespace Fleet.Infra.Tests.Iam;

/// <summary>The stage's account behind a role that has exactly the policy of infra/terraform/policy.</summary>
internal static class RoleStage
{
    public const string ExternalId = "fleet-stage-7d1c";

    public static async Task<SandboxCloudStage> OpenAsync() => await OpenAsync(await RoleAsync());

    /// <summary>A role that has the policy for images beside the cluster's.</summary>
    public static async Task<SandboxCloudStage> OpenWithImagesAsync()
    {
        var policy = JsonNode.Parse(await ClusterPolicy.JsonAsync())!;
        foreach (var statement in JsonNode.Parse(await ImagePolicy.JsonAsync())!["Statement"]!.AsArray())
        {
            policy["Statement"]!.AsArray().Add(statement!.DeepClone());
        }

        return await OpenAsync(new IamRole("fleet-stage", ExternalId, IamPolicy.Parse(policy.ToJsonString())));
    }

    private static async Task<SandboxCloudStage> OpenAsync(IamRole role)
    {
        var world = StageWorld.Build();
        Mark(world, world.Cloud.Groups.Keys);
        return await SandboxCloudStage.OpenAsync(world, [role], options => options with { RoleArn = "arn:aws:iam::123456789012:role/fleet-stage", ExternalId = ExternalId });
    }

    public static async Task<IamRole> RoleAsync() => new("fleet-stage", ExternalId, IamPolicy.Parse(await ClusterPolicy.JsonAsync()));

    /// <summary>Gives groups, with their templates and instances, the cluster's tag, and the templates a profile and tags as those in production have.</summary>
    public static void Mark(World world, IEnumerable<string> groups)
    {
        var admin = new CloudApi(world, "admin");
        foreach (var group in groups.ToList())
        {
            admin.CreateOrUpdateTags([(group, ClusterPolicy.Tag, new GroupTag("owned", true))]);
            admin.CreateTags([.. world.Cloud.Members(group).Select(instance => instance.Id), world.Cloud.Groups[group].TemplateId!], new Dictionary<string, string> { [ClusterPolicy.Tag] = "owned" });
            var template = world.Cloud.Templates[world.Cloud.Groups[group].TemplateId!];
            world.Cloud.Put(template with { Versions = template.Versions.ToImmutableSortedDictionary(version => version.Key, version => version.Value with { Data = InProduction(version.Value.Data) }) });
        }
    }

    private static JsonObject InProduction(JsonObject data)
    {
        var copy = data.DeepClone().AsObject();
        copy["IamInstanceProfile"] = new JsonObject { ["Name"] = ClusterPolicy.ProfileRole };
        copy["TagSpecifications"] = new JsonArray(new JsonObject { ["ResourceType"] = "instance", ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "Name", ["Value"] = "worker" }) });
        return copy;
    }
}
