using Fleet.Aws;
using Fleet.Aws.Tests;
using Fleet.Contracts;
using Fleet.Core.Rotations;
using Fleet.Sandbox.Host;
using Fleet.Simulation;

namespace Fleet.Infra.Tests.Iam;

public sealed class RoleTests
{
    private const string Role = "arn:aws:iam::123456789012:role/fleet-stage";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_cluster_s_role_is_assumed_with_its_external_id_and_the_session_bears_the_given_name()
    {
        await using var stage = await SandboxCloudStage.OpenAsync(StageWorld.Build(), [await RoleStage.RoleAsync()], options => options with { RoleArn = Role, ExternalId = RoleStage.ExternalId, Session = "fleet-stage" });

        (await stage.Instances.AccountAsync(None)).ShouldBe("123456789012");

        stage.World.Log.Records.Single(call => call.Verb == "AssumeRole").ShouldSatisfyAllConditions(call => call.Subject.ShouldBe(Role), call => call.Detail.ShouldBe("fleet-stage"));
        stage.World.Log.Records.Single(call => call.Verb == "GetCallerIdentity").Caller.ShouldBe("role/fleet-stage");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("somebody-else")]
    public async Task Without_the_external_id_of_the_trust_policy_the_role_is_not_to_be_had(string? externalId)
    {
        await using var stage = await SandboxCloudStage.OpenAsync(StageWorld.Build(), [await RoleStage.RoleAsync()], options => options with { RoleArn = Role, ExternalId = externalId });

        var refused = await Should.ThrowAsync<CloudRefusedException>(() => stage.Instances.AccountAsync(None));

        refused.Code.ShouldBe("denied");
        refused.Message.ShouldContain("sts:AssumeRole");
        refused.Message.ShouldContain(Role);
    }

    [Fact]
    public async Task What_does_not_bear_the_cluster_s_tag_cannot_be_written()
    {
        var world = StageWorld.Build();
        RoleStage.Mark(world, ["workers"]);
        await using var stage = await OpenAsync(world);

        await stage.Groups.SuspendAsync("workers", "AZRebalance", None);
        foreach (var write in (Func<Task>[])
            [() => stage.Groups.SuspendAsync("hooked", "AZRebalance", None), () => stage.Groups.SetMaxAsync("hooked", 9, None), () => stage.Groups.SetDesiredAsync("hooked", 1, None)])
        {
            (await Should.ThrowAsync<CloudRefusedException>(write)).Code.ShouldBe("denied");
        }

        world.Cloud.Groups["hooked"].ShouldBe(StageWorld.Build().Cloud.Groups["hooked"] with { Created = world.Cloud.Groups["hooked"].Created }, "nothing was changed");
    }

    [Fact]
    public async Task A_template_whose_profile_is_not_on_the_list_cannot_be_given_to_a_group()
    {
        var world = StageWorld.Build();
        RoleStage.Mark(world, ["workers"]);
        var template = world.Cloud.Templates[world.Cloud.Groups["workers"].TemplateId!];
        var data = template.Versions[1].Data.DeepClone().AsObject();
        data["IamInstanceProfile"]!["Name"] = "administrators";
        world.Cloud.Put(template with { Versions = template.Versions.SetItem(2, template.Versions[1] with { Number = 2, Data = data }), Next = 3 });
        await using var stage = await OpenAsync(world);

        var refused = await Should.ThrowAsync<CloudRefusedException>(() => stage.Groups.PinTemplateAsync("workers", template.Id, "2", None));

        refused.Code.ShouldBe("denied");
        refused.Message.ShouldContain("iam:PassRole");
        refused.Message.ShouldContain("role/administrators");
        await stage.Groups.PinTemplateAsync("workers", template.Id, "1", None);
    }

    [Fact]
    public async Task Another_key_or_a_session_that_has_ended_is_refused()
    {
        var role = (await RoleStage.RoleAsync()) with { Session = TimeSpan.FromSeconds(-1) };
        await using var ended = await SandboxCloudStage.OpenAsync(StageWorld.Build(), [role], options => options with { RoleArn = Role, ExternalId = RoleStage.ExternalId });
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = StageWorld.Build() });
        using var forged = new AwsAccount(new AwsOptions { Region = "eu-central-1", Endpoint = host.AwsEndpoint, AccessKeyId = "ASIAFORGED", SecretAccessKey = "none", SessionToken = "none", Retries = 0 }, TimeProvider.System);

        (await Should.ThrowAsync<CloudRefusedException>(() => ended.Groups.DescribeAsync(["workers"], None))).Code.ShouldBe("unauthorized");
        (await Should.ThrowAsync<CloudRefusedException>(() => forged.Groups.DescribeAsync(["workers"], None))).Code.ShouldBe("unauthorized");
    }

    private static async Task<SandboxCloudStage> OpenAsync(World world) =>
        await SandboxCloudStage.OpenAsync(world, [await RoleStage.RoleAsync()], options => options with { RoleArn = Role, ExternalId = RoleStage.ExternalId });
}
