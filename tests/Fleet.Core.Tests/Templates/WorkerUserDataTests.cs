using System.Diagnostics;
using System.Text;
using Fleet.Core.Inventory;
using Fleet.Core.Templates;
using Fleet.Core.Tests.Architecture;

namespace Fleet.Core.Tests.Templates;

public sealed class WorkerUserDataTests
{
    private static readonly ClusterSpec Cluster = new() { Name = "prod", Account = "123456789012", Region = "eu-west-1", Join = new ClusterJoin { Endpoint = "api:6443", Parameter = "/fleet/clusters/prod/join" } };

    private static readonly NodePoolSpec Pool = new() { Cluster = "prod", Name = "workers", Groups = ["workers"] };

    [Fact]
    public void It_names_the_parameter_and_nothing_secret()
    {
        var text = WorkerUserData.Render(Cluster, Pool);

        text.ShouldStartWith("#!/bin/bash\n");
        WorkerUserData.ParameterOf(text).ShouldBe("/fleet/clusters/prod/join");
        text.ShouldNotMatch("[^a-z0-9][a-z0-9]{6}\\.[a-z0-9]{16}[^a-z0-9]");
        Encoding.UTF8.GetByteCount(text).ShouldBeLessThan(WorkerUserData.Limit);
    }

    [Fact]
    public void User_data_of_others_names_no_parameter() => WorkerUserData.ParameterOf("#!/bin/bash\nkubeadm join api:6443 --token abcdef.0123456789abcdef\n").ShouldBeNull();

    [Fact]
    public void A_cluster_that_does_not_say_how_nodes_join_has_none() =>
        Should.Throw<ArgumentException>(() => WorkerUserData.Render(Cluster with { Join = null }, Pool)).Message.ShouldStartWith("cluster prod has no spec.join, without which the user data 'worker' knows no join token; declare spec.join.endpoint");

    [Theory]
    [InlineData("/a'; reboot; '")]
    [InlineData("/a\n'reboot")]
    [InlineData("$(reboot)")]
    public void A_parameter_that_no_reader_let_through_is_refused(string parameter) =>
        Should.Throw<ArgumentException>(() => WorkerUserData.Render(Cluster with { Join = Cluster.Join! with { Parameter = parameter } }, Pool));

    [Fact]
    public async Task Shellcheck_has_nothing_to_say_of_the_template_and_of_what_becomes_of_it()
    {
        await CheckAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "templates/worker/user-data.sh")));
        await CheckAsync(WorkerUserData.Render(Cluster, Pool));
    }

    private static async Task CheckAsync(string script)
    {
        using var check = Process.Start(new ProcessStartInfo("shellcheck", ["--severity=warning", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await check.StandardInput.WriteAsync(script);
        check.StandardInput.Close();
        var said = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        said.ShouldBeEmpty();
        check.ExitCode.ShouldBe(0);
    }
}
