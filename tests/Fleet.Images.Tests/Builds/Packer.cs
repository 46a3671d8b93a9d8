using System.Diagnostics;
using System.Text.Json.Nodes;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Builds;

/// <summary>packer on one of the template folders, with nothing of this machine's settings or credentials.</summary>
internal static class Packer
{
    public static Task<(int Exit, string Output, string Error)> ValidateAsync(string template, string distribution, JsonObject variables) => RunAsync("validate", template, distribution, variables);

    /// <summary>Builds; the output is machine-readable.</summary>
    public static Task<(int Exit, string Output, string Error)> BuildAsync(string template, string distribution, JsonObject variables) => RunAsync("build", template, distribution, variables);

    /// <summary>Begins a build, which whoever asked for it ends; the folder is its own.</summary>
    public static Process Start(string template, string distribution, JsonObject variables, DirectoryInfo folder)
    {
        var start = new ProcessStartInfo("packer", Arguments("build", template, distribution, variables, folder)) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
        foreach (var (name, value) in Environment(folder))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string command, string template, string distribution, JsonObject variables)
    {
        var folder = Directory.CreateTempSubdirectory("fleet-packer-");
        try
        {
            return await Tool.TryAsync("packer", folder.FullName, Arguments(command, template, distribution, variables, folder), Environment(folder));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Arguments(string command, string template, string distribution, JsonObject variables, DirectoryInfo folder)
    {
        var file = Path.Combine(folder.FullName, "recipe.pkrvars.json");
        File.WriteAllText(file, variables.ToJsonString());
        return [command, .. command == "build" ? (string[])["-machine-readable"] : [], $"-var-file={Tool.Path($"packer/{template}/{distribution}.pkrvars.hcl")}", $"-var-file={file}", Tool.Path($"packer/{template}")];
    }

    private static Dictionary<string, string> Environment(DirectoryInfo folder) => new()
    {
        ["HOME"] = folder.FullName,
        ["PACKER_CACHE_DIR"] = folder.FullName,
        ["CHECKPOINT_DISABLE"] = "1",
        ["AWS_ACCESS_KEY_ID"] = "testing",
        ["AWS_SECRET_ACCESS_KEY"] = "testing",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };
}
