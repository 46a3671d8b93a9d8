using Fleet.Infra.Tests.Tools;

namespace Fleet.Infra.Tests.Iam;

/// <summary>The policy that infra/terraform/policy makes for the stage's account, rendered by terraform itself.</summary>
internal static class ClusterPolicy
{
    public const string Tag = "kubernetes.io/cluster/stage";
    public const string ProfileRole = "nodes.stage";

    public const string JoinParameter = "/fleet/clusters/stage/join";

    public static readonly string[] Variables =
    [
        "account=123456789012", "region=eu-central-1", $$"""tag={"key":"{{Tag}}","value":"owned"}""", $$"""profile_roles=["arn:aws:iam::123456789012:role/{{ProfileRole}}"]""", """parameters=["/images/*"]""", $"join_parameter={JoinParameter}",
    ];

    private static readonly Lazy<Task<string>> Rendered = new(RenderAsync);

    public static Task<string> JsonAsync() => Rendered.Value;

    private static async Task<string> RenderAsync()
    {
        using var terraform = await Terraform.InitAsync("policy");
        return (string)(await terraform.OutputsAsync(Variables))["json"]!["value"]!;
    }
}
