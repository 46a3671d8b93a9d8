using System.Runtime.Versioning;

namespace Fleet.Cli.Tests.Contexts;

/// <summary>Which server a command works on, and what is refused before anything is sent.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ContextTests : IDisposable
{
    private const string Two = """{"current": "prod", "contexts": [{"name": "prod", "server": "https://prod.example.com", "token": "secret-1"}, {"name": "test", "server": "http://127.0.0.1:9", "tokenFile": "/token"}]}""";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Contexts_are_listed_used_shown_and_forgotten()
    {
        Keep(Two);

        (await _shell.RunAsync("fleet contexts list")).Output.ShouldBe("""
            CURRENT   NAME    SERVER                     SIGN-IN
            *         prod    https://prod.example.com   stored key or token
            -         test    http://127.0.0.1:9         file /token
            -         local   this machine's own store   -

            """);
        (await _shell.RunAsync("fleet contexts show test")).Output.ShouldContain("Server:   http://127.0.0.1:9\n");
        (await _shell.RunAsync("fleet contexts use test")).ExitCode.ShouldBe(0);
        (await _shell.RunAsync("fleet contexts show")).Output.ShouldStartWith("Name:     test (current)");
        (await _shell.RunAsync("fleet contexts delete test")).ExitCode.ShouldBe(0);
        (await _shell.RunAsync("fleet contexts show")).Output.ShouldBe("local: this machine's own store\n");
        var gone = await _shell.RunAsync("fleet contexts use test");
        gone.ExitCode.ShouldBe(2);
        gone.Error.ShouldContain("there is no context 'test'; there are: prod, local");
        File.GetUnixFileMode(_shell.Variables["FLEET_CONFIG"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_file_that_others_may_read_is_refused_with_the_cure()
    {
        Keep(Two);
        var path = _shell.Variables["FLEET_CONFIG"];
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        foreach (var line in (string[])["fleet get clusters", "fleet contexts list", "fleet login http://127.0.0.1:9"])
        {
            var ran = await _shell.RunAsync(line);
            ran.ExitCode.ShouldBe(2);
            ran.Error.ShouldContain($"chmod 600 {path}");
        }
    }

    [Theory]
    [InlineData("{", "is no file of contexts")]
    [InlineData("""{"contexts": [{"name": "a", "server": "https://a", "tokne": "secret-1"}]}""", "tokne")]
    [InlineData("""{"current": "b", "contexts": []}""", "has 'b' as current, which is none of its contexts")]
    public async Task A_file_with_mistakes_is_refused_without_its_secrets(string text, string message)
    {
        Keep(text);

        var ran = await _shell.RunAsync("fleet get clusters");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(message);
        ran.Error.ShouldNotContain("secret-1");
    }

    [Theory]
    [InlineData("fleet get clusters --server http://fleet.example.com", "use https, or say --plain-http")]
    [InlineData("fleet login http://10.0.0.7:7070", "use https, or say --plain-http")]
    [InlineData("fleet get clusters --server fleet.example.com", "allowed: https://HOST[:PORT][/PATH]")]
    [InlineData("fleet get clusters --server https://me:pass-1@fleet.example.com", "an address with a user in it")]
    [InlineData("fleet get clusters --server https://a --context prod", "--server and --context both name where to work")]
    [InlineData("fleet get clusters --server http://127.0.0.1:9 --state x.db", "--state names a store on this machine")]
    [InlineData("fleet get clusters --context prdo", "there is no context 'prdo'")]
    [InlineData("fleet serve --context prod", "fleet serve works on this machine; leave --context out")]
    [InlineData("fleet sandbox --server http://127.0.0.1:9", "fleet sandbox works on this machine")]
    [InlineData("fleet login https://fleet.example.com --context local", "not 'local', which is this machine's own store")]
    [InlineData("fleet login https://fleet.example.com --ca-file /nowhere/ca.pem", "/nowhere/ca.pem cannot be read")]
    public async Task What_names_no_server_or_two_is_refused(string line, string message)
    {
        Keep(Two);

        var ran = await _shell.RunAsync(line);

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(message);
        ran.Error.ShouldNotContain("pass-1");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_and_nothing_was_changed()
    {
        var ran = await _shell.RunAsync("fleet get clusters --server http://127.0.0.1:9");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("http://127.0.0.1:9 does not answer: Connection refused");
        ran.Error.ShouldContain("nothing was changed");
    }

    [Fact]
    public async Task The_command_line_goes_before_the_environment_and_that_before_the_current_context()
    {
        Keep(Two);
        (await _shell.RunAsync("fleet whoami --context local")).Output.ShouldStartWith("On this machine: ");
        (await _shell.RunAsync(["whoami", "--state", _shell.StatePath])).Output.ShouldContain(_shell.StatePath);
        _shell.Server = "http://127.0.0.1:8";
        (await _shell.RunAsync("fleet whoami")).Error.ShouldContain("http://127.0.0.1:8 does not answer");
        (await _shell.RunAsync("fleet whoami --server http://127.0.0.1:7")).Error.ShouldContain("http://127.0.0.1:7 does not answer");
        _shell.Database = "postgres://fleet@127.0.0.1:6/fleet";
        (await _shell.RunAsync("fleet whoami")).Error.ShouldContain("FLEET_SERVER names a server and FLEET_DATABASE names a database");
        (await _shell.RunAsync("fleet whoami --server http://127.0.0.1:7")).Error.ShouldContain("http://127.0.0.1:7 does not answer");
    }

    private void Keep(string text) => _shell.Variables["FLEET_CONFIG"] = _shell.WriteSecret("config.json", text);
}
