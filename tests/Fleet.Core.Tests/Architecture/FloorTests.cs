using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fleet.Core.Tests.Architecture;

/// <summary>The house keeps its floors: projects refer downwards, and Core's capabilities refer to those above them in the list.</summary>
public partial class FloorTests
{
    private static readonly string[] Capabilities = ["Telemetry", "Calendar", "Inventory", "Access", "Runs", "Gates", "Disruption", "Templates", "Hooks", "Joining", "Images", "Rotations", "Retirement", "Builds", "Promotions", "ControlPlane", "Addons", "Preflight", "Upgrades", "Schedules"];

    private static readonly Dictionary<string, string[]> Floors = new()
    {
        ["Fleet.Core"] = [],
        ["Fleet.Simulation"] = ["Fleet.Core"],
        ["Fleet.Storage"] = ["Fleet.Core"],
        ["Fleet.Aws"] = ["Fleet.Core"],
        ["Fleet.Kubernetes"] = ["Fleet.Core"],
        ["Fleet.Tools"] = ["Fleet.Core"],
        ["Fleet.Sandbox"] = ["Fleet.Simulation", "Fleet.Core"],
        ["Fleet.Hosting"] = ["Fleet.Core", "Fleet.Storage", "Fleet.Aws", "Fleet.Kubernetes", "Fleet.Tools"],
        ["Fleet.Service"] = ["Fleet.Hosting", "Fleet.Core"],
        ["Fleet.Cli"] = ["Fleet.Service", "Fleet.Hosting", "Fleet.Sandbox", "Fleet.Simulation", "Fleet.Storage", "Fleet.Core"],
    };

    [Fact]
    public void A_folder_of_Core_refers_only_to_folders_above_it()
    {
        var wrong =
            from folder in Capabilities
            where Directory.Exists(Path.Combine(Repository.Root, "src/Fleet.Core", folder))
            from file in Repository.Sources($"src/Fleet.Core/{folder}")
            from Match use in Use().Matches(File.ReadAllText(file))
            let other = use.Groups[1].Value
            where Array.IndexOf(Capabilities, other) > Array.IndexOf(Capabilities, folder)
            select $"{folder} refers to {other}: {Path.GetFileName(file)}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_folder_of_Core_is_a_capability_in_the_list() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src/Fleet.Core")).Select(Path.GetFileName).Except(["obj", "bin"]).ShouldBeSubsetOf(Capabilities);

    [Fact]
    public void A_project_references_only_projects_below_it()
    {
        foreach (var project in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "Fleet.*.csproj", SearchOption.AllDirectories).Where(file => !file.Contains("/sdk/", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
            references.ShouldBeSubsetOf(Floors[name], name);
        }
    }

    [Fact]
    public void Core_references_no_package_and_only_adapters_see_client_packages()
    {
        foreach (var project in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "Fleet.*.csproj", SearchOption.AllDirectories).Where(file => !file.Contains("/sdk/", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var packages = XDocument.Load(project).Descendants().Where(item => item.Name.LocalName is "PackageReference" or "ClientPackage").Select(item => item.Attribute("Include")!.Value).ToList();
            if (name == "Fleet.Core")
            {
                packages.ShouldBeEmpty();
            }

            if (name is not "Fleet.Aws" and not "Fleet.Kubernetes")
            {
                packages.ShouldNotContain(package => package.StartsWith("AWSSDK", StringComparison.Ordinal) || package == "KubernetesClient", name);
            }
        }
    }

    [Fact]
    public void No_file_is_longer_than_400_lines_and_the_median_stays_below_80()
    {
        var lengths = Repository.Sources("src").Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal)).Select(file => (File: file, Lines: File.ReadLines(file).Count())).OrderBy(file => file.Lines).ToList();
        lengths.Where(file => file.Lines > 400).ShouldBeEmpty();
        lengths[lengths.Count / 2].Lines.ShouldBeLessThan(80);
    }

    [GeneratedRegex(@"Fleet\.Core\.([A-Z][A-Za-z]+)")]
    private static partial Regex Use();
}
