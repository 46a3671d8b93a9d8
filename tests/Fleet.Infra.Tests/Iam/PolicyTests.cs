using System.Text.Json.Nodes;
using Fleet.Infra.Tests.Tools;
using Fleet.Sandbox.Aws.Iam;

namespace Fleet.Infra.Tests.Iam;

public sealed class PolicyTests
{
    /// <summary>What AWS asks for on behalf of a caller without a call of Fleet's (Auto Scaling, "Control Amazon EC2 launch template usage in Auto Scaling groups").</summary>
    private static readonly string[] Dependent = ["ec2:CreateTags", "ec2:RunInstances", "iam:PassRole", "ssm:GetParameters"];

    /// <summary>What the service calls under its own role.</summary>
    private static readonly string[] Own = ["s3:PutObject", "sts:AssumeRole"];

    /// <summary>What the builder calls to prove an image.</summary>
    private static readonly string[] Proof = ["ssm:CancelCommand", "ssm:DescribeInstanceInformation", "ssm:GetCommandInvocation", "ssm:ListCommands", "ssm:SendCommand"];

    /// <summary>Calls that need no identity-based permission in the cluster's account: GetCallerIdentity needs none at all, the others are granted to the service's own role.</summary>
    private static readonly string[] Granted = [.. Own, "sts:GetCallerIdentity"];

    private static readonly string[] ServiceVariables = ["""cluster_roles=["arn:aws:iam::123456789012:role/fleet-stage"]""", """audit_bucket={"name":"corp-audit","prefix":"fleet/prod","kms_key":"arn:aws:kms:eu-central-1:123456789012:key/1"}"""];

    [Fact]
    public async Task The_policies_allow_what_Fleet_calls_and_nothing_else()
    {
        var (cluster, images) = (IamPolicy.Parse(await ClusterPolicy.JsonAsync()), IamPolicy.Parse(await ImagePolicy.JsonAsync()));
        var called = CompiledCalls.Read();
        var allowed = cluster.Actions.Union(images.Actions).Order(StringComparer.Ordinal).ToList();

        called.Count.ShouldBeGreaterThan(15);
        allowed.ShouldBe(called.Except(Granted).Except(BuildCalls.Own.Except(images.Actions)).Except(Proof).Union(Dependent).Order(StringComparer.Ordinal));
        allowed.ShouldAllBe(action => !action.Contains('*') && !action.Contains('?'));
        Granted.ShouldBeSubsetOf(called);
    }

    [Fact]
    public async Task A_cluster_s_role_cannot_touch_images_nor_an_image_s_role_clusters()
    {
        var (cluster, images) = (IamPolicy.Parse(await ClusterPolicy.JsonAsync()), IamPolicy.Parse(await ImagePolicy.JsonAsync()));

        cluster.Actions.Intersect(images.Actions).ShouldAllBe(action => action.Contains(":Describe") || action == "ssm:GetParameters" || action == "ssm:PutParameter" || action == "ec2:CreateTags");
        JsonNode.Parse(await ClusterPolicy.JsonAsync())!["Statement"]!.AsArray().Where(statement => statement!["Action"]!.ToJsonString().Contains("PutParameter", StringComparison.Ordinal)).ShouldHaveSingleItem()!["Resource"]!.ToJsonString()
            .ShouldBe($"""["arn:aws:ssm:eu-central-1:123456789012:parameter{ClusterPolicy.JoinParameter}"]""");
        cluster.Actions.ShouldNotContain(action => action.Contains("Image") && !action.Contains(":Describe"));
        cluster.Actions.ShouldNotContain("ec2:DeleteSnapshot");
    }

    [Fact]
    public async Task A_key_of_the_join_token_s_own_may_be_used_for_it_alone()
    {
        using var terraform = await Terraform.InitAsync("policy");
        var json = (string)(await terraform.OutputsAsync([.. ClusterPolicy.Variables, "join_kms_key=arn:aws:kms:eu-central-1:123456789012:key/1"]))["json"]!["value"]!;

        var added = JsonNode.Parse(json)!["Statement"]!.AsArray().Where(statement => statement!["Action"]!.ToJsonString().Contains("kms:", StringComparison.Ordinal)).ShouldHaveSingleItem()!;
        added["Action"]!.ToJsonString().ShouldBe("""["kms:Decrypt","kms:Encrypt"]""");
        added["Condition"]!.ToJsonString().ShouldBe("""{"StringEquals":{"kms:ViaService":"ssm.eu-central-1.amazonaws.com"}}""");
    }

    /// <summary>A worker's script makes one call of AWS's.</summary>
    [Fact]
    public async Task A_node_may_read_its_own_cluster_s_join_token_and_nothing_else()
    {
        using var terraform = await Terraform.InitAsync("node-policy");
        string[] variables = ["account=123456789012", "region=eu-central-1", $"join_parameter={ClusterPolicy.JoinParameter}"];
        var policy = IamPolicy.Parse((string)(await terraform.OutputsAsync(variables))["json"]!["value"]!);

        policy.Actions.ShouldBe(["ssm:GetParameter"]);
        (await File.ReadAllTextAsync(Tool.Path("templates/worker/user-data.sh"))).ShouldContain("AmazonSSM.GetParameter");
        (await terraform.RefusalAsync([.. variables, "join_parameter=/fleet/*"])).ShouldContain("join_parameter must be a path");
    }

    [Theory]
    [InlineData("regions=[]", "at least one")]
    [InlineData("published=/*", "without wildcards")]
    [InlineData("parameters=[\"/*\"]", "without wildcards")]
    [InlineData("account=12345", "account must be twelve digits")]
    public async Task What_would_let_images_go_that_are_not_Fleet_s_is_refused(string variable, string why)
    {
        using var terraform = await Terraform.InitAsync("image-policy");

        (await terraform.RefusalAsync([.. ImagePolicy.Variables, variable])).ShouldContain(why);
    }

    [Fact]
    public async Task The_builder_may_prove_what_it_launched()
    {
        Proof.ShouldBeSubsetOf(CompiledCalls.Read());
        var without = await BuilderActionsAsync("proof=false");

        (await BuilderActionsAsync("proof=true")).Except(without).Order(StringComparer.Ordinal).ShouldBe(Proof);
        without.ShouldAllBe(action => !action.StartsWith("ssm:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_service_itself_may_assume_the_clusters_roles_and_put_into_one_bucket()
    {
        using var terraform = await Terraform.InitAsync("service-policy");
        var json = (string)(await terraform.OutputsAsync(ServiceVariables))["json"]!["value"]!;
        var statements = JsonNode.Parse(json)!["Statement"]!.AsArray();

        // GenerateDataKey is S3's call for the caller (Amazon S3, "Using server-side encryption with AWS KMS keys").
        IamPolicy.Parse(json).Actions.ShouldBe(Own.Append("kms:GenerateDataKey").Order(StringComparer.Ordinal));
        Own.ShouldBeSubsetOf(CompiledCalls.Read());
        statements.Select(statement => string.Join(' ', statement!["Resource"]!.AsArray().Select(one => (string)one!))).ShouldBe(
            ["arn:aws:iam::123456789012:role/fleet-stage", "arn:aws:s3:::corp-audit/fleet/prod/*", "arn:aws:kms:eu-central-1:123456789012:key/1"]);
    }

    /// <summary>A recipe's role (<c>spec.roleArn</c>) is packer's and Fleet's own in one; what packer needs of it is held to the recorded calls where builds are tested.</summary>
    [Fact]
    public async Task The_builder_may_do_what_Fleet_calls_around_a_build()
    {
        using var terraform = await Terraform.InitAsync("builder-policy");
        var json = (string)(await terraform.OutputsAsync(["account=123456789012", "region=eu-west-1", "temporary_security_groups=true"]))["json"]!["value"]!;

        BuildCalls.Own.ShouldBeSubsetOf(CompiledCalls.Read());
        BuildCalls.All.ShouldBeSubsetOf(JsonNode.Parse(json)!["Statement"]!.AsArray().SelectMany(statement => statement!["Action"]!.AsArray()).Select(action => (string)action!));
    }

    [Fact]
    public async Task Without_a_bucket_the_service_may_put_nothing()
    {
        using var terraform = await Terraform.InitAsync("service-policy");
        var json = (string)(await terraform.OutputsAsync(ServiceVariables[0]))["json"]!["value"]!;

        IamPolicy.Parse(json).Actions.ShouldBe(["sts:AssumeRole"]);
    }

    [Theory]
    [InlineData("cluster_roles=[\"arn:aws:iam::123456789012:role/*\"]", "without wildcards")]
    [InlineData("audit_bucket={\"name\":\"*\"}", "without wildcards")]
    [InlineData("audit_bucket={\"name\":\"corp-audit\",\"prefix\":\"*\"}", "without wildcards")]
    public async Task What_would_grant_the_service_too_much_is_refused(string variable, string why)
    {
        using var terraform = await Terraform.InitAsync("service-policy");

        (await terraform.RefusalAsync([.. ServiceVariables, variable])).ShouldContain(why);
    }

    [Theory]
    [InlineData("account=12345", "account must be twelve digits")]
    [InlineData("region=frankfurt", "region must be an AWS region")]
    [InlineData("profile_roles=[\"arn:aws:iam::123456789012:role/*\"]", "without wildcards")]
    [InlineData("profile_roles=[]", "at least one role")]
    [InlineData("parameters=[\"/*\"]", "not all of them")]
    public async Task What_would_grant_too_much_or_nothing_is_refused(string variable, string why)
    {
        using var terraform = await Terraform.InitAsync("policy");

        (await terraform.RefusalAsync([.. ClusterPolicy.Variables, variable])).ShouldContain(why);
    }

    [Theory]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","NotResource":"*"}}""", "NotResource")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}}""", "IpAddress")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}}""", "aws:PrincipalOrgID")]
    public void A_policy_that_the_sandbox_cannot_judge_is_refused(string json, string what) => Should.Throw<FormatException>(() => IamPolicy.Parse(json)).Message.ShouldContain(what);

    private static async Task<IReadOnlyList<string>> BuilderActionsAsync(string variable)
    {
        using var terraform = await Terraform.InitAsync("builder-policy");
        var json = (string)(await terraform.OutputsAsync("account=123456789012", "region=eu-west-1", variable))["json"]!["value"]!;
        return [.. JsonNode.Parse(json)!["Statement"]!.AsArray().SelectMany(statement => statement!["Action"]!.AsArray()).Select(action => (string)action!)];
    }
}
