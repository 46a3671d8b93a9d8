using System.Text.Json.Nodes;

namespace Fleet.Infra.Tests.Tools;

/// <summary>Terraform on a copy of a module, so that nothing is left in the tree.</summary>
internal sealed class Terraform : IDisposable
{
    // What the surroundings say of plugins and settings is left out: the modules stand alone.
    private static readonly Dictionary<string, string> Surroundings = new() { ["TF_CLI_CONFIG_FILE"] = "/dev/null", ["CHECKPOINT_DISABLE"] = "1", ["TF_IN_AUTOMATION"] = "1" };

    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("fleet-terraform-");
    private readonly string _folder;

    private Terraform(string module)
    {
        foreach (var file in Directory.EnumerateFiles(Tool.Path("infra/terraform"), "*.tf", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_copy.FullName, Path.GetRelativePath(Tool.Path("infra/terraform"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        _folder = Path.Combine(_copy.FullName, module);
    }

    /// <summary>Whether files are as terraform would format them.</summary>
    public static async Task FormattedAsync() => (await Tool.RunAsync("terraform", Tool.Path("infra/terraform"), ["fmt", "-check", "-recursive", "-diff"], Surroundings)).ShouldBeEmpty();

    public static async Task<Terraform> InitAsync(string module, bool provider = false)
    {
        var terraform = new Terraform(module);
        await terraform.RunAsync(["init", "-input=false", "-no-color", "-backend=false", .. provider ? (string[])[$"-plugin-dir={Providers()}"] : []]);
        return terraform;
    }

    public Task ValidateAsync() => RunAsync("validate", "-no-color");

    public async Task<JsonNode> OutputsAsync(params string[] variables)
    {
        await RunAsync([.. "apply -input=false -no-color -auto-approve".Split(' '), .. Given(variables)]);
        return JsonNode.Parse(await RunAsync("output", "-json"))!;
    }

    /// <summary>What terraform refuses to plan, and why.</summary>
    public async Task<string> RefusalAsync(params string[] variables)
    {
        var (exit, output, error) = await Tool.TryAsync("terraform", _folder, [.. "plan -input=false -no-color".Split(' '), .. Given(variables)], Surroundings);
        exit.ShouldBe(1, output);
        return error;
    }

    public void Dispose() => _copy.Delete(recursive: true);

    private static IEnumerable<string> Given(string[] variables) => variables.Select(variable => $"-var={variable}");

    /// <summary>Where install.sh found provider binaries.</summary>
    private static string Providers()
    {
        var noted = Tool.Path(".cache/terraform-providers");
        return File.Exists(noted) ? File.ReadAllText(noted).Trim() : throw new InvalidOperationException("terraform's aws provider is missing; find it with: bash tests/install.sh");
    }

    private Task<string> RunAsync(params string[] arguments) => Tool.RunAsync("terraform", _folder, arguments, Surroundings);
}
