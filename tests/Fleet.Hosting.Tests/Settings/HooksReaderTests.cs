using Fleet.Core.Inventory;
using Fleet.Hosting.Settings;

namespace Fleet.Hosting.Tests.Settings;

public sealed class HooksReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-settings-");
    private readonly List<InputError> _errors = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_command_is_read_with_its_environment_and_its_secrets()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "hook.sh"), "");
        var hooks = Read(
            """
            hooks:
              spark-values:
                command: [./hook.sh, --verbose]
                timeout: 2m
                environment: {GIT_URL: "https://git.example/charts.git"}
                secrets: {GIT_TOKEN: gitops}
              plain: {command: [/bin/true]}
            """).ShouldNotBeNull(string.Join("\n", _errors)).Hooks;

        var hook = hooks["spark-values"];
        hook.Command.ShouldBe([Path.Combine(_folder.FullName, "hook.sh"), "--verbose"]);
        hook.Timeout.ShouldBe(TimeSpan.FromMinutes(2));
        hook.Environment.ShouldBe(new Dictionary<string, string> { ["GIT_URL"] = "https://git.example/charts.git" });
        hook.Secrets.ShouldBe(new Dictionary<string, string> { ["GIT_TOKEN"] = "gitops" });
        hooks["plain"].Timeout.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        Read(
            """
            hooks:
              Not_A_Name: {command: [/bin/true]}
              empty: {command: []}
              lacking: {timeout: 11m}
              lost: {command: [/nowhere/hook], environment: {FLEET_VALUE: x, "1X": y}, secrets: {TOKEN: gitop}, shell: true}
            """).ShouldBeNull();

        _errors.Select(error => error.Message).ShouldBe(
            [
                "hooks: 'Not_A_Name' is no name here; allowed: 1 to 63 lower-case letters, digits and '-', first and last a letter or digit (DNS-1123)",
                "hooks.empty.command is empty; allowed: a program and its arguments",
                "hooks.lacking.command is missing: a list",
                "hooks.lacking.timeout is '11m'; allowed: 1s to 600s, or 1m to 10m",
                "hooks.lost.command names a program that is not there: /nowhere/hook",
                "hooks.lost.environment: 'FLEET_VALUE' is no name here; allowed: the name of an environment variable that does not begin with FLEET_",
                "hooks.lost.environment: '1X' is no name here; allowed: the name of an environment variable that does not begin with FLEET_",
                "hooks.lost.secrets.TOKEN names 'gitop', which is not under secrets; did you mean gitops?",
                "hooks.lost.shell is no field; allowed: command, environment, secrets, timeout",
            ],
            ignoreOrder: true);
    }

    private ServiceSettings? Read(string section)
    {
        var path = Path.Combine(_folder.FullName, "service.yaml");
        File.WriteAllText(path, $"apiVersion: fleet/v1\nkind: Service\nsecrets: {{gitops: {{env: GITOPS}}}}\n{section}\n");
        return SettingsReader.Read(path, name => name == "GITOPS" ? "s3cret" : null, loopback: false, _errors);
    }
}
