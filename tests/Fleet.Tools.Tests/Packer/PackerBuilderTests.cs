using System.Text.Json.Nodes;
using Fleet.Core.Images.Builds;
using Fleet.Tools.Packer;

namespace Fleet.Tools.Tests.Packer;

/// <summary>How Packer is started, heard and stopped, with a program in its place that tells what it was given.</summary>
public sealed class PackerBuilderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackerBuilderTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "template"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "work"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Values_go_by_a_file_that_nobody_else_reads_and_secrets_by_the_environment_alone()
    {
        var out_ = Path.Combine(_folder.Path, "seen");
        await using var build = Start($$"""
            mkdir {{out_}}
            printf '%s\n' "$@" >{{out_}}/arguments
            env >{{out_}}/environment
            curl -s -H "Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN" "$AWS_CONTAINER_CREDENTIALS_FULL_URI" >{{out_}}/credentials
            curl -s -H "Authorization: another" "$AWS_CONTAINER_CREDENTIALS_FULL_URI" >{{out_}}/refused
            for argument; do case $argument in -var-file=*) cp -p "${argument#-var-file=}" {{out_}}/variables; esac; done
            """, order => order with { VariableFiles = [] });

        (await build.Completion).Failure.ShouldBe("packer ended without an artifact");

        var arguments = await File.ReadAllTextAsync(Path.Combine(out_, "arguments"));
        arguments.ShouldStartWith("build\n-machine-readable\n-on-error=cleanup\n");
        arguments.ShouldNotContain("secret");
        arguments.ShouldNotContain("platform");
        File.GetUnixFileMode(Path.Combine(out_, "variables")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var variables = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(out_, "variables")))!;
        ((string?)variables["recipe"], (string?)variables["image_version"], (string?)variables["run"], (string?)variables["arch"], (int?)variables["root_volume_size"])
            .ShouldBe(("worker", "0123456789ab", "run-1", "amd64", 40));
        ((string?)variables["containerd"]!["version"]).ShouldBe("1.7.27");
        variables.ToJsonString().ShouldNotContain("secret");
        var environment = await File.ReadAllTextAsync(Path.Combine(out_, "environment"));
        environment.ShouldNotContain("secret");
        environment.ShouldNotContain("the-token");
        environment.ShouldContain("AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:");
        environment.ShouldContain("AWS_EC2_METADATA_DISABLED=true\n");
        environment.ShouldContain("AWS_REGION=eu-central-1\n");
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(out_, "credentials")))!.ToJsonString()
            .ShouldBe("""{"AccessKeyId":"AKIAEXAMPLE","SecretAccessKey":"the\u002Bvery/secret","Token":"the-token","Expiration":"2026-11-21T03:00:00Z"}""");
        (await File.ReadAllTextAsync(Path.Combine(out_, "refused"))).ShouldNotContain("AKIAEXAMPLE");
        environment.ShouldContain("CHECKPOINT_DISABLE=1\n");
        environment.ShouldNotContain("DOTNET_");
    }

    [Fact]
    public async Task What_it_says_is_heard_without_secrets_and_its_artifact_is_the_result()
    {
        await using var build = Start("""
            echo "1,,ui,say,==> building"
            secret=$(curl -s -H "Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN" "$AWS_CONTAINER_CREDENTIALS_FULL_URI" | sed 's/.*"SecretAccessKey":"\([^"]*\)".*/\1/; s/\\u002B/+/')
            echo "2,,ui,error,$secret and $AWS_CONTAINER_AUTHORIZATION_TOKEN leaked"
            echo "not a line"
            echo "3,amazon-ebs.worker,artifact,0,id,eu-central-1:ami-0123456789abcdef0"
            """);

        var result = await build.Completion;

        result.Images.ShouldBe([("eu-central-1", "ami-0123456789abcdef0")]);
        result.Succeeded.ShouldBeTrue();
        build.Heard().Select(line => (line.IsError, line.Text)).ShouldBe([(false, "==> building"), (true, "*** and *** leaked")]);
        build.Heard().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failure_says_the_last_error()
    {
        await using var build = Start("echo '1,,ui,error,no such subnet'; exit 1");

        (await build.Completion).ShouldBe(new BuildResult([], "packer ended with 1: no such subnet"), "an artifact of a failed build would not count");
    }

    [Fact]
    public async Task Cancelled_it_cleans_up_before_it_ends()
    {
        await using var build = Start($$"""
            trap 'touch {{_folder.Path}}/cleaned; exit 1' TERM
            echo "1,,ui,say,waiting"
            while :; do sleep 0.05; done
            """);
        await UntilHeard(build, "waiting");

        build.Cancel();

        (await build.Completion).Succeeded.ShouldBeFalse();
        File.Exists(Path.Combine(_folder.Path, "cleaned")).ShouldBeTrue();
    }

    [Fact]
    public async Task Its_working_folder_goes_with_it()
    {
        await using (var build = Start("touch leftover"))
        {
            await build.Completion;
            Directory.EnumerateDirectories(Path.Combine(_folder.Path, "work")).ShouldHaveSingleItem();
        }

        Directory.EnumerateDirectories(Path.Combine(_folder.Path, "work")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_packer_is_named_with_what_installs_it()
    {
        var builder = new PackerBuilder(new PackerOptions { Program = "no-such-packer", WorkFolder = Path.Combine(_folder.Path, "work") }, TimeProvider.System);

        (await builder.ValidateAsync(Orders.Of(Path.Combine(_folder.Path, "template")), CancellationToken.None)).ShouldHaveSingleItem().Message.ShouldContain("apt-get install packer");
    }

    private IBuild Start(string script, Func<BuildOrder, BuildOrder>? change = null)
    {
        var program = _folder.Write("packer", $"#!/bin/bash\n{script}\n", executable: true);
        var order = Orders.Of(Path.Combine(_folder.Path, "template"));
        return new PackerBuilder(new PackerOptions { Program = program, WorkFolder = Path.Combine(_folder.Path, "work") }, TimeProvider.System).Start(change?.Invoke(order) ?? order);
    }

    private static async Task UntilHeard(IBuild build, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!build.Heard().Any(line => line.Text == text))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
