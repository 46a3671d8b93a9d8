using Fleet.Infra.Tests.Tools;

namespace Fleet.Infra.Tests.Chart;

/// <summary>The helm chart, rendered by helm itself.</summary>
internal static class FleetChart
{
    public const string Namespace = "fleet";

    private static readonly string[] Required = ["--set=image.repository=example/fleet", "--set=database.existingSecret=fleet-database"];

    public static Task LintAsync() => Tool.RunAsync("helm", Tool.Root, [.. "lint --strict infra/helm/fleet".Split(' '), .. Required]);

    public static Task<string> RenderAsync(params string[] settings) => Tool.RunAsync("helm", Tool.Root, [.. Template, .. Required, .. settings.Select(setting => $"--set={setting}")]);

    /// <summary>What helm says of values that will not do.</summary>
    public static async Task<string> RefusalAsync(params string[] settings)
    {
        var (exit, output, error) = await Tool.TryAsync("helm", Tool.Root, [.. Template, .. settings.Select(setting => $"--set={setting}")]);
        exit.ShouldBe(1, output);
        return error;
    }

    private static string[] Template => [.. "template fleet infra/helm/fleet --kube-version 1.31 --namespace".Split(' '), Namespace];
}
