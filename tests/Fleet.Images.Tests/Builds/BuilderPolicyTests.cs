using System.Text.Json.Nodes;
using Fleet.Infra.Tests.Iam;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Builds;

[Collection(nameof(BuiltImages))]
public sealed class BuilderPolicyTests(BuiltImages images)
{
    private static readonly string[] Account = ["account=123456789012", "region=eu-west-1"];

    [Fact]
    public async Task The_builder_may_do_what_packer_does_and_nothing_else()
    {
        var granted = Actions(await StatementsAsync("temporary_security_groups=true"));

        granted.ShouldBe(images.Site.Ec2.Actions.Union(BuildCalls.All).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_temporary_groups_it_touches_no_security_group()
    {
        Actions(await StatementsAsync()).ShouldNotContain(action => action.EndsWith("SecurityGroup", StringComparison.Ordinal) || action.EndsWith("SecurityGroupIngress", StringComparison.Ordinal));
    }

    /// <summary>The policy lets machines and volumes be made with tags only, and lets nobody give them the tag later.</summary>
    [Fact]
    public async Task Machines_and_volumes_have_their_tags_from_the_launch_on()
    {
        images.Site.Ec2.TaggedAtLaunch.ShouldBe(["instance", "volume"], ignoreOrder: true);

        var later = (await StatementsAsync()).Where(statement => statement["Action"]!.AsArray().Any(action => (string)action! == "ec2:CreateTags") && statement["Condition"]!["StringEquals"]?["ec2:CreateAction"] is null);
        later.ShouldHaveSingleItem()["Resource"]!.AsArray().Select(resource => (string)resource!).ShouldBe(["arn:aws:ec2:eu-west-1::image/*", "arn:aws:ec2:eu-west-1::snapshot/*"]);
    }

    [Fact]
    public async Task What_is_granted_everywhere_only_reads() =>
        Actions((await StatementsAsync("temporary_security_groups=true")).Where(statement => statement["Resource"]!.AsArray().Any(resource => (string)resource! == "*"))).ShouldAllBe(action => action.StartsWith("ec2:Describe", StringComparison.Ordinal));

    [Theory]
    [InlineData("""profile_roles=["*"]""", "without wildcards")]
    [InlineData("""kms_keys=["arn:aws:kms:eu-west-1:123456789012:key/*"]""", "without wildcards")]
    [InlineData("account=1234", "twelve digits")]
    public async Task What_would_grant_too_much_is_refused(string variable, string why)
    {
        using var terraform = await Terraform.InitAsync("builder-policy");
        (await terraform.RefusalAsync([.. Account, variable])).ShouldContain(why);
    }

    private static async Task<IEnumerable<JsonNode>> StatementsAsync(params string[] variables)
    {
        using var terraform = await Terraform.InitAsync("builder-policy");
        var json = (string)(await terraform.OutputsAsync([.. Account, .. variables]))["json"]!["value"]!;
        return JsonNode.Parse(json)!["Statement"]!.AsArray().Select(statement => statement!);
    }

    private static IEnumerable<string> Actions(IEnumerable<JsonNode> statements) =>
        statements.SelectMany(statement => statement["Action"]!.AsArray()).Select(action => (string)action!).Distinct().Order(StringComparer.Ordinal);
}
