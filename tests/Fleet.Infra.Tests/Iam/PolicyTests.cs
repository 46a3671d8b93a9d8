using Fleet.Infra.Tests.Tools;
using Fleet.Sandbox.Aws.Iam;

namespace Fleet.Infra.Tests.Iam;

public sealed class PolicyTests
{
    /// <summary>What AWS asks for on behalf of a caller without a call of Fleet's (Auto Scaling, "Control Amazon EC2 launch template usage in Auto Scaling groups").</summary>
    private static readonly string[] Dependent = ["ec2:CreateTags", "ec2:RunInstances", "iam:PassRole", "ssm:GetParameters"];

    /// <summary>Calls that need no identity-based permission in the cluster's account: GetCallerIdentity needs none at all, AssumeRole is granted to the service's own role.</summary>
    private static readonly string[] Granted = ["sts:AssumeRole", "sts:GetCallerIdentity"];

    [Fact]
    public async Task The_policy_allows_what_Fleet_calls_and_nothing_else()
    {
        var policy = IamPolicy.Parse(await ClusterPolicy.JsonAsync());
        var called = CompiledCalls.Read();

        called.Count.ShouldBeGreaterThan(15);
        policy.Actions.ShouldBe(called.Except(Granted).Concat(Dependent).Order(StringComparer.Ordinal));
        policy.Actions.ShouldAllBe(action => !action.Contains('*') && !action.Contains('?'));
        Granted.ShouldBeSubsetOf(called);
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
}
