using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Fleet.Sdk.Tests.Modes;

/// <summary>The switch to the official packages, tried where they are absent as well as where they are not.</summary>
public sealed class OfficialSdksTests : IDisposable
{
    /// <summary>What a source may lack: the official packages, and the version of YamlDotNet that KubernetesClient asks for.</summary>
    private static readonly string[] MayBeAbsent =
        ["AWSSDK.AutoScaling", "AWSSDK.EC2", "AWSSDK.SimpleSystemsManagement", "KubernetesClient", "YamlDotNet"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fleet-official-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_restore_from_an_empty_cache_fails_for_exactly_the_packages_that_the_source_lacks()
    {
        var project = Consumer();

        var (exitCode, output) = await DotnetAsync("restore", project);

        var codes = Regex.Matches(output, @"error (?<code>[A-Z]+\d+)").Select(match => match.Groups["code"].Value).Distinct();
        if (exitCode == 0)
        {
            // Every package is there: then the consumer builds in this mode as well.
            (await DotnetAsync("build", project)).ExitCode.ShouldBe(0, output);
            return;
        }

        codes.Except(["NU1101", "NU1102"]).ShouldBeEmpty(output);
        var absent = Regex.Matches(output, @"Unable to find package (?<id>\w[\w.]*\w)").Select(match => match.Groups["id"].Value).Distinct().ToList();
        absent.ShouldNotBeEmpty(output);
        absent.Except(MayBeAbsent).ShouldBeEmpty(output);
        foreach (var client in MayBeAbsent[..4].Except(absent))
        {
            Directory.Exists(Path.Combine(folder.FullName, "cache", client.ToLowerInvariant())).ShouldBeTrue($"{client} is neither absent nor restored: {output}");
        }
    }

    [Fact]
    public void The_official_mode_keeps_its_own_folders_and_lock_files()
    {
        var properties = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"));

        properties.ShouldContain("<BaseIntermediateOutputPath>obj/official/</BaseIntermediateOutputPath>");
        properties.ShouldContain("<BaseOutputPath>bin/official/</BaseOutputPath>");
        properties.ShouldContain("obj/official/packages.lock.json");
    }

    /// <summary>A project outside the tree with the rules of the tree, so that the restore leaves nothing behind in it.</summary>
    private string Consumer()
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "BannedSymbols.txt", "global.json" })
        {
            File.Copy(Path.Combine(Repository.Root, name), Path.Combine(folder.FullName, name));
        }

        var clients = string.Concat(MayBeAbsent[..4].Select(id => $"<ClientPackage Include=\"{id}\" />"));
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.FullName, "Consumer")).FullName, "Consumer.csproj");
        File.WriteAllText(path, $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{clients}<PackageReference Include=\"YamlDotNet\" /></ItemGroup></Project>");
        return path;
    }

    private async Task<(int ExitCode, string Output)> DotnetAsync(string verb, string project)
    {
        var start = new ProcessStartInfo("dotnet", [verb, project, "-p:OfficialSdks=true", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
            Environment = { ["NUGET_PACKAGES"] = Path.Combine(folder.FullName, "cache"), ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
