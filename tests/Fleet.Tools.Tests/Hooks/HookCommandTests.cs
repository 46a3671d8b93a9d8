using Fleet.Core.Hooks;
using Fleet.Tools.Hooks;

namespace Fleet.Tools.Tests.Hooks;

/// <summary>What a command gets, and what comes of it when it does not do as it should.</summary>
public sealed class HookCommandTests : IDisposable
{
    private static readonly HookCall Call = new("values", "prod", "spark", "run-1");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_gets_its_own_environment_its_secrets_and_what_is_asked_and_nothing_of_the_services()
    {
        var hooks = Of("env | sort >\"$SEEN\"", new()
        {
            Command = [],
            Environment = new Dictionary<string, string> { ["SEEN"] = Seen },
            Secrets = new Dictionary<string, string> { ["GIT_TOKEN"] = "gitops" },
        });

        await hooks.WriteAsync(Call, "ami-new", "ami-old", default);

        var seen = File.ReadAllLines(Seen).Select(line => line.Split('=')).Where(line => line[0] is not ("PWD" or "SHLVL" or "_" or "HOME" or "TMPDIR")).Select(line => $"{line[0]}={line[1]}");
        seen.ShouldBe(
            [
                "FLEET_BEFORE=ami-old", "FLEET_CLUSTER=prod", "FLEET_HOOK=values", "FLEET_POOL=spark", "FLEET_RUN=run-1", "FLEET_VALUE=ami-new", "GIT_TOKEN=s3cret", "LANG=C.UTF-8",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", $"SEEN={Seen}",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Its_folder_goes_with_it()
    {
        await Of("pwd >\"$SEEN\"; touch left", Seeing).ReadAsync(Call, default);

        Directory.Exists(File.ReadAllText(Seen).Trim()).ShouldBeFalse();
    }

    [Fact]
    public async Task What_it_says_of_its_failure_is_told_without_its_secrets()
    {
        var hooks = Of("echo 'fatal: https://fleet:s3cret@git.example refused' >&2; exit 3", Seeing with { Secrets = new Dictionary<string, string> { ["GIT_TOKEN"] = "gitops" } });

        (await FailsAsync(hooks)).Message.ShouldBe("hook values: 'read' ended with exit code 3: fatal: https://fleet:***@git.example refused");
    }

    [Fact]
    public async Task One_that_takes_too_long_is_ended_with_all_that_it_started_before_the_answer()
    {
        var hooks = Of("trap '' TERM; sleep 1000 & echo $! >\"$SEEN\"; wait", Seeing with { Timeout = TimeSpan.FromSeconds(1) });

        (await FailsAsync(hooks)).Message.ShouldStartWith("hook values: 'read' took more than 1s and was ended; ");

        var state = $"/proc/{File.ReadAllText(Seen).Trim()}/status";
        (File.Exists(state) ? File.ReadAllText(state) : "gone").ShouldSatisfyAllConditions(left => (left == "gone" || left.Contains("State:\tZ", StringComparison.Ordinal)).ShouldBeTrue(left));
    }

    [Theory]
    [InlineData("printf 'one\\ntwo\\n'", "hook values: 'read' printed 7 characters that are no value; allowed: one line of at most 1024 printable characters, or nothing")]
    [InlineData("head -c 2000 /dev/zero | tr '\\0' x", "hook values: 'read' printed 2000 characters that are no value; allowed: one line of at most 1024 printable characters, or nothing")]
    public async Task An_answer_that_is_no_value_is_refused(string script, string expected) => (await FailsAsync(Of(script, Seeing))).Message.ShouldBe(expected);

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        var hooks = new HookCommands(new Dictionary<string, HookSettings> { ["values"] = new() { Command = ["/nowhere/hook"] } }, Secret, TimeProvider.System);

        (await FailsAsync(hooks)).Message.ShouldStartWith("hook values: 'read' ended with exit code 127 (is /nowhere/hook there?): ");
    }

    [Fact]
    public async Task A_secret_that_cannot_be_read_keeps_it_from_starting()
    {
        var hooks = Of("touch \"$SEEN\"", Seeing with { Secrets = new Dictionary<string, string> { ["GIT_TOKEN"] = "lost" } });

        (await FailsAsync(hooks)).Message.ShouldBe("hook values: secret 'lost' is empty");
        File.Exists(Seen).ShouldBeFalse();
    }

    private string Seen => Path.Combine(_folder.Path, "seen");

    private HookSettings Seeing => new() { Command = [], Environment = new Dictionary<string, string> { ["SEEN"] = Seen } };

    private static async Task<HookFailedException> FailsAsync(HookCommands hooks)
    {
        var failed = await Should.ThrowAsync<HookFailedException>(() => hooks.ReadAsync(Call, default));
        failed.Code.ShouldBe(HookFailedException.Failed);
        return failed;
    }

    private HookCommands Of(string script, HookSettings settings) =>
        new(new Dictionary<string, HookSettings> { ["values"] = settings with { Command = [_folder.Write("hook", $"#!/bin/bash\n{script}\n", executable: true)] } }, Secret, TimeProvider.System) { Patience = TimeSpan.FromSeconds(1) };

    private static string Secret(string name) => name == "gitops" ? "s3cret" : throw new InvalidOperationException($"secret '{name}' is empty");
}
