using System.Diagnostics;
using Fleet.Contracts.Hooks;
using Fleet.Core.Hooks;
using Fleet.Tools.Hooks;

namespace Fleet.Tools.Tests.Hooks;

/// <summary>The hook for values in git, on a repository that git itself serves.</summary>
public sealed class GitHookTests : HooksContract, IDisposable
{
    private const string File = "charts/spark/values.yaml";

    private readonly TemporaryFolder _folder = new();
    private readonly HookCommands _hooks;

    public GitHookTests()
    {
        var start = _folder.Write($"start/{File}", $"# Values of Spark.\nimageId: # fleet: {Name}\nnodes:\n  template: \"\" # fleet: {Name}\n  size: 3 # fleet: {Name}-size\n");
        var work = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(start)))!;
        Git(work, "init", "--quiet", "--initial-branch=main");
        Git(work, "add", ".");
        Git(work, "-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "-m", "Begin");
        Git(work, "clone", "--quiet", "--bare", ".", Remote);
        _hooks = Of(new Dictionary<string, string> { ["GIT_URL"] = $"file://{Remote}", ["GIT_FILE"] = File });
    }

    protected override IHooks Hooks => _hooks;

    private string Remote => Path.Combine(_folder.Path, "remote.git");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_marked_line_is_written_in_one_commit_and_nothing_else_is_touched()
    {
        await _hooks.WriteAsync(new HookCall(Name, "prod", "spark", "run-1"), "ami-0aaaaaaaaaaaaaaa1", "", default);

        Git(Remote, "show", $"main:{File}").ShouldBe($"# Values of Spark.\nimageId: ami-0aaaaaaaaaaaaaaa1 # fleet: {Name}\nnodes:\n  template: \"ami-0aaaaaaaaaaaaaaa1\" # fleet: {Name}\n  size: 3 # fleet: {Name}-size\n");
        Git(Remote, "log", "--format=%s|%b", "main").ShouldBe("Set the image of prod/spark to ami-0aaaaaaaaaaaaaaa1|Written by run run-1; it was none.\n\nBegin|\n");
    }

    [Fact]
    public async Task A_value_that_is_there_already_makes_no_commit()
    {
        var call = new HookCall(Name, "prod", "spark", "run-1");
        await _hooks.WriteAsync(call, "ami-0aaaaaaaaaaaaaaa1", "", default);

        await _hooks.WriteAsync(call, "ami-0aaaaaaaaaaaaaaa1", "", default);

        Git(Remote, "rev-list", "--count", "main").Trim().ShouldBe("2");
    }

    [Theory]
    [InlineData("GIT_FILE", "charts/none.yaml", "charts/none.yaml is not in branch main")]
    [InlineData("GIT_BRANCH", "none", "Remote branch none not found in upstream origin")]
    public async Task What_is_not_there_is_named(string variable, string value, string expected)
    {
        var hooks = Of(new Dictionary<string, string> { ["GIT_URL"] = $"file://{Remote}", ["GIT_FILE"] = File, [variable] = value });

        (await Should.ThrowAsync<HookFailedException>(() => hooks.ReadAsync(new HookCall(Name, "prod", "spark", ""), default))).Message.ShouldContain(expected);
    }

    [Fact]
    public void It_passes_shellcheck()
    {
        using var check = Process.Start(new ProcessStartInfo("shellcheck", ["--severity=warning", Script]) { RedirectStandardOutput = true })!;
        check.StandardOutput.ReadToEnd().ShouldBeEmpty();
    }

    private static string Script
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!Directory.Exists(Path.Combine(folder!.FullName, "templates")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder.FullName, "templates", "hooks", "git-marker.sh");
        }
    }

    private static HookCommands Of(Dictionary<string, string> environment) =>
        new(new Dictionary<string, HookSettings> { [Name] = new() { Command = [Script], Environment = environment } }, name => name, TimeProvider.System);

    private static string Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var said = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, string.Join(' ', arguments));
        return said;
    }
}
