using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace Fleet.Cli.Tests.Contexts;

/// <summary>Signing in to a server that asks for it, and what is kept of that.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LoginTests : IAsyncLifetime
{
    private Shell _store = null!;
    private Shell _shell = null!;
    private ShellServer _server = null!;
    private string _key = null!;

    private string Config => _shell.Variables["FLEET_CONFIG"];

    public async Task InitializeAsync()
    {
        (_store, _shell) = (new Shell(), new Shell());
        _key = (await _store.RunAsync("fleet keys create ci --role operator:prod --role viewer")).Output.Trim();
        _server = await ShellServer.StartAsync(_store, signIn: true);
        _shell.Variables["FLEET_CONFIG"] = Path.Combine(Path.GetDirectoryName(_shell.StatePath)!, "new", "config.json");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _store.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public async Task A_key_is_tried_kept_for_its_owner_alone_and_used_from_then_on()
    {
        var ran = await _shell.RunAsync($"fleet login {_server.Url} --context ci", _key + "\n");

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Output.ShouldStartWith($"Signed in to {_server.Url} as key ci (");
        ran.Output.ShouldContain("(operator:prod, viewer)");
        File.GetUnixFileMode(Config).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await _shell.RunAsync("fleet get clusters")).ExitCode.ShouldBe(0);
        (await _shell.RunAsync("fleet whoami")).Output.ShouldStartWith($"On {_server.Url}: key ci (");
        var said = ran.Output + ran.Error;
        foreach (var line in (string[])["fleet contexts list", "fleet contexts list -o json", "fleet contexts show", "fleet contexts show ci -o yaml", "fleet whoami -o json", "fleet get clusters --server nowhere"])
        {
            var shown = await _shell.RunAsync(line);
            said += shown.Output + shown.Error;
        }

        said.ShouldContain("stored key or token");
        said.ShouldNotContain(_key);
        said.ShouldNotContain(_key.Split('_', 3)[2]);
    }

    [Fact]
    public async Task Two_servers_on_one_line_are_refused()
    {
        var ran = await _shell.RunAsync($"fleet login {_server.Url} --server https://fleet.example.com", _key + "\n");

        (ran.ExitCode, ran.Error.Contains("--server names https://fleet.example.com, and SERVER is", StringComparison.Ordinal)).ShouldBe((2, true), ran.Error);
        File.Exists(Config).ShouldBeFalse();
    }

    [Fact]
    public async Task A_person_types_it_unseen()
    {
        _shell.Secret = _key;

        var ran = await _shell.RunAsync($"fleet login {_server.Url}");

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Error.ShouldContain($"Key or token for {_server.Url}: ");
        ran.Error.ShouldContain($"Context 127.0.0.1-{new Uri(_server.Url).Port} is the current one");
    }

    [Theory]
    [InlineData("fleet_0123456789ab_wrong", "the API key is not known, has expired or was taken back")]
    [InlineData("two words", "printable ASCII characters without spaces")]
    [InlineData("", "the standard input has no key or token")]
    public async Task What_the_server_does_not_take_is_not_kept(string key, string message)
    {
        var ran = await _shell.RunAsync($"fleet login {_server.Url}", key + "\n");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(message);
        File.Exists(Config).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_with_the_token_is_read_anew_each_time_and_not_copied()
    {
        var file = _shell.Write("token", _key + "\n");
        (await _shell.RunAsync(["login", _server.Url, "--token-file", file])).ExitCode.ShouldBe(0);

        (await File.ReadAllTextAsync(Config)).ShouldNotContain(_key);
        (await _shell.RunAsync("fleet whoami")).ExitCode.ShouldBe(0);
        await File.WriteAllTextAsync(file, "fleet_0123456789ab_wrong");
        var refused = await _shell.RunAsync("fleet whoami");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain($"'fleet login {_server.Url}' signs in");
        File.Delete(file);
        (await _shell.RunAsync("fleet whoami")).Error.ShouldContain("cannot be read");
    }

    [Fact]
    public async Task A_pipeline_names_server_and_key_by_its_environment_alone()
    {
        _shell.Variables.Remove("FLEET_CONFIG");
        _shell.Server = _server.Url;
        (await _shell.RunAsync("fleet get clusters")).Error.ShouldContain("sign in");
        _shell.Variables["FLEET_TOKEN"] = _key;

        JsonNode.Parse((await _shell.RunAsync("fleet whoami -o json")).Output)!["roles"]!.AsArray().Select(role => (string)role!).ShouldBe(["operator:prod", "viewer"]);
        var refused = await _shell.RunAsync("fleet keys create another --role admin");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("may not do this");
        refused.Error.ShouldContain("1 error, nothing was changed");
    }

    [Fact]
    public async Task A_service_on_loopback_that_lets_everybody_in_asks_for_no_key()
    {
        using var open = new Shell();
        await using var server = await ShellServer.StartAsync(open);

        var ran = await _shell.RunAsync($"fleet login {server.Url}");

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Output.ShouldContain("as local (admin)");
    }
}
