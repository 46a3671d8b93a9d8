using Fleet.Infra.Tests.Tools;

namespace Fleet.Infra.Tests.Iam;

/// <summary>The policy that infra/terraform/image-policy makes for the stage's account, rendered by terraform itself.</summary>
internal static class ImagePolicy
{
    public static readonly string[] Variables = ["account=123456789012", """regions=["eu-central-1","eu-west-1"]""", "published=/images"];

    private static readonly Lazy<Task<string>> Rendered = new(RenderAsync);

    public static Task<string> JsonAsync() => Rendered.Value;

    private static async Task<string> RenderAsync()
    {
        using var terraform = await Terraform.InitAsync("image-policy");
        return (string)(await terraform.OutputsAsync(Variables))["json"]!["value"]!;
    }
}
