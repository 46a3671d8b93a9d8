using System.Diagnostics;
using Fleet.Core.Images.Builds;
using Fleet.Core.Inventory.Recipes;
using Fleet.Tools.Templates;

namespace Fleet.Tools.Tests.Templates;

/// <summary>Templates in folders and in git.</summary>
public sealed class TemplateFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_known_by_its_name_and_read_as_it_is()
    {
        _folder.Write("worker/worker.pkr.hcl", "build {}");
        _folder.Write("worker/scripts/kubelet.sh", "true", executable: true);

        var opened = await Folders().OpenAsync(new RecipeTemplate { Folder = "worker" }, CancellationToken.None);

        opened.Files.Select(file => (file.Path, file.Executable)).ShouldBe([("scripts/kubelet.sh", true), ("worker.pkr.hcl", false)]);
        opened.Files[0].Digest.ShouldBe("b5bea41b6c623f7c09f1bf24dcae58ebab3c0cdd90ad966bc43a45b44867e12b");
        opened.Trusted.ShouldBeTrue();
    }

    [Theory]
    [InlineData("wroker", "name no template folder 'wroker'; did you mean worker?; there are: gone, worker")]
    [InlineData("gone", "template folder 'gone' does not exist on this machine")]
    public async Task What_cannot_be_had_is_named(string name, string message)
    {
        _folder.Write("worker/worker.pkr.hcl", "build {}");

        (await Should.ThrowAsync<TemplateFolderException>(() => Folders().OpenAsync(new RecipeTemplate { Folder = name }, CancellationToken.None))).Message.ShouldEndWith(message);
    }

    [Fact]
    public async Task A_folder_without_a_template_or_with_a_link_is_refused()
    {
        _folder.Write("worker/readme.md", "nothing");
        (await Should.ThrowAsync<TemplateFolderException>(() => Folders().OpenAsync(new RecipeTemplate { Folder = "worker" }, CancellationToken.None))).Message.ShouldContain("it is no Packer template");

        File.CreateSymbolicLink(Path.Combine(_folder.Path, "worker/hosts"), "/etc/hosts");
        (await Should.ThrowAsync<TemplateFolderException>(() => Folders().OpenAsync(new RecipeTemplate { Folder = "worker" }, CancellationToken.None))).Message.ShouldContain("has the link hosts");
    }

    [Fact]
    public async Task A_commit_is_fetched_once_and_has_what_was_committed()
    {
        var (url, commit) = await RepositoryAsync();
        using var folders = Folders(url);
        var template = new RecipeTemplate { Git = url, Commit = commit, Path = "packer/worker" };

        var opened = await folders.OpenAsync(template, CancellationToken.None);
        opened.Files.Select(file => file.Path).ShouldBe(["worker.pkr.hcl"]);
        opened.Trusted.ShouldBeFalse();

        Directory.Delete(new Uri(url).LocalPath, recursive: true);
        (await folders.OpenAsync(template, CancellationToken.None)).Files.ShouldBe(opened.Files);
    }

    [Fact]
    public async Task Other_repositories_and_unknown_commits_are_refused()
    {
        var (url, commit) = await RepositoryAsync();

        (await Should.ThrowAsync<TemplateFolderException>(() => Folders().OpenAsync(new RecipeTemplate { Git = url, Commit = commit }, CancellationToken.None))).Message.ShouldContain("do not allow templates of");
        (await Should.ThrowAsync<TemplateFolderException>(() => Folders(url).OpenAsync(new RecipeTemplate { Git = url, Commit = new string('0', 40) }, CancellationToken.None))).Message.ShouldStartWith("git fetch ended with 128");
    }

    private TemplateFolders Folders(params string[] repositories) => new(
        new Dictionary<string, TemplateSettings> { ["worker"] = new(Path.Combine(_folder.Path, "worker"), true), ["gone"] = new(Path.Combine(_folder.Path, "gone"), false) },
        repositories,
        Path.Combine(_folder.Path, "cache"));

    private async Task<(string Url, string Commit)> RepositoryAsync()
    {
        _folder.Write("repository/packer/worker/worker.pkr.hcl", "build {}");
        var repository = Path.Combine(_folder.Path, "repository");
        var commit = await ShellAsync(repository, "git init -q && git add . && git -c user.name=a -c user.email=a@b commit -qm first && git config uploadpack.allowAnySHA1InWant true && git rev-parse HEAD");
        return ($"file://{repository}", commit);
    }

    private static async Task<string> ShellAsync(string folder, string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return output.Trim();
    }
}
