using System.Text.Json;
using k8s;
using k8s.Exceptions;
using KubernetesClient = k8s.Kubernetes;

namespace Fleet.Sdk.Tests.Kubernetes;

/// <summary>A credential plugin is a program; here a script of the shell that counts its runs.</summary>
public sealed class ExecTests : IDisposable
{
    private const string Version = "client.authentication.k8s.io/v1";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fleet-exec-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_token_is_used_until_30_seconds_before_it_expires()
    {
        await using var api = await ApiServer.StartAsync("""{"items": []}""");
        using var client = Client(api, Answer(TimeProvider.System.GetUtcNow().AddHours(1)));

        await client.CoreV1.ListNodeAsync();
        await client.CoreV1.ListNodeAsync();

        api.Requests.Select(request => request.Authorization).ShouldBe(["Bearer token-1", "Bearer token-1"]);
    }

    [Fact]
    public async Task A_token_that_expires_within_30_seconds_is_asked_for_again()
    {
        await using var api = await ApiServer.StartAsync("""{"items": []}""");
        using var client = Client(api, Answer(TimeProvider.System.GetUtcNow().AddSeconds(20)));

        await client.CoreV1.ListNodeAsync();
        await client.CoreV1.ListNodeAsync();

        api.Requests.Select(request => request.Authorization).ShouldBe(["Bearer token-2", "Bearer token-3"]);
    }

    [Fact]
    public async Task The_plugin_gets_its_arguments_its_environment_and_what_is_asked_of_it()
    {
        await using var api = await ApiServer.StartAsync("""{"items": []}""");
        using var client = Client(api, Answer(TimeProvider.System.GetUtcNow().AddHours(1)) + $"\necho \"$1 $COLOUR $KUBERNETES_EXEC_INFO\" > {folder.FullName}/seen");

        var seen = (await File.ReadAllTextAsync(Path.Combine(folder.FullName, "seen"))).Split(' ', 3);
        seen[..2].ShouldBe(["first", "blue"]);
        using var info = JsonDocument.Parse(seen[2]);
        info.RootElement.GetProperty("apiVersion").GetString().ShouldBe(Version);
        info.RootElement.GetProperty("kind").GetString().ShouldBe("ExecCredential");
    }

#if !OFFICIAL_SDKS
    [Theory]
    [InlineData("echo s3cret; exit 3")]
    [InlineData("echo '{s3cret'")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"x\":\"s3cret\"}}'")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"status\":{\"token\":\"s3cret\"}}'")]
    public async Task A_plugin_that_fails_is_named_and_its_output_is_not_told(string script)
    {
        await using var api = await ApiServer.StartAsync("{}");

        var refused = Should.Throw<KubeConfigException>(() => Client(api, script));

        refused.Message.ShouldContain("/bin/sh");
        refused.ToString().ShouldNotContain("s3cret");
    }
#endif

    /// <summary>The script numbers its tokens by its runs.</summary>
    private string Answer(DateTimeOffset expires) => $$"""
        echo x >> {{folder.FullName}}/runs
        n=$(wc -l < {{folder.FullName}}/runs)
        echo "{\"apiVersion\":\"{{Version}}\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"token-$n\",\"expirationTimestamp\":\"{{expires:yyyy-MM-ddTHH:mm:ssZ}}\"} }"
        """;

    private KubernetesClient Client(ApiServer api, string script)
    {
        var path = Path.Combine(folder.FullName, "plugin.sh");
        File.WriteAllText(path, script);
        var exec = $"exec:\n  apiVersion: {Version}\n  command: /bin/sh\n  args: [{path}, first]\n  env: [{{name: COLOUR, value: blue}}]\n  interactiveMode: Never";
        return new KubernetesClient(KubeConfigText.Read(KubeConfigText.With(api.Uri.ToString(), user: exec)));
    }
}
