using Fleet.Images.Tests.Machines;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Builds;

/// <summary>What the scripts do not let pass, on a machine of the worker image.</summary>
[Collection(nameof(BuiltImages))]
public sealed class RefusalTests(BuiltImages images)
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task A_wrong_digest_fails_the_build_and_leaves_nothing_in_the_account()
    {
        await using var machine = await Machine.CreateAsync(images.Site.Supplies);
        var variables = images.Site.Worker();
        variables["runc"]!["sha256"] = new string('1', 64);

        var built = await images.Site.BuildAsync(machine, "worker", variables);

        built.Exit.ShouldBe(1);
        built.Output.ShouldContain($"/runc has SHA-256 {images.Site.Supplies.Digest("runc")}%!(PACKER_COMMA) declared is {new string('1', 64)}");
        built.Manifest.ShouldBeNull();
        machine.Has("usr/local/sbin/runc").ShouldBeFalse();
        (await images.Site.AskAsync("describe-images", "--owners", "self", "--filters", $"Name=tag:fleet:run,Values={built.Run}"))["Images"]!.AsArray().ShouldBeEmpty();
        (await images.Site.AskAsync("describe-key-pairs"))["KeyPairs"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_base_image_of_another_distribution_fails_the_build()
    {
        await using var machine = await images.Worker.CloneAsync();
        var variables = images.Site.Worker();
        variables["distribution"] = "ubuntu-24.04";

        var built = await images.Site.BuildAsync(machine, "worker", variables);

        built.Exit.ShouldBe(1);
        built.Output.ShouldContain("the base image is debian-12%!(PACKER_COMMA) the recipe's distribution is ubuntu-24.04");
    }

    [Theory]
    [InlineData("worker/scripts/30-runc.sh", "RUNC", "runc", "usr/local/sbin/runc")]
    [InlineData("worker/scripts/31-containerd.sh", "CONTAINERD", "containerd.tar.gz", "usr/local/bin/containerd")]
    [InlineData("worker/scripts/40-kubernetes.sh", "KUBERNETES_REPOSITORY_KEY", "key.asc", "etc/apt/keyrings/kubernetes.asc")]
    [InlineData("worker/scripts/43-ecr.sh", "ECR_CREDENTIAL_PROVIDER", "ecr-credential-provider", "usr/local/lib/fleet/credential-providers/ecr-credential-provider")]
    [InlineData("worker/scripts/50-ssm-agent.sh", "SSM_AGENT", "amazon-ssm-agent_3.3.1957.0-1_amd64.deb", "usr/bin/amazon-ssm-agent")]
    [InlineData("spark/scripts/10-jdk.sh", "JDK", "jdk.tar.gz", "opt/jdk-9")]
    [InlineData("spark/scripts/20-hadoop.sh", "HADOOP", "hadoop.tar.gz", "opt/hadoop-9")]
    public async Task What_has_another_digest_is_never_put_on_the_image(string script, string prefix, string file, string installed)
    {
        await using var machine = await images.Worker.CloneAsync();
        var before = machine.Has(installed) ? machine.Read(installed) : null;
        machine.Copy(Tool.Path($"packer/{script}"), "tmp/script.sh");

        var (exit, output) = await machine.TryAsync(
            new Dictionary<string, string> { [$"{prefix}_URL"] = $"{images.Site.Supplies.Url}/{file}", [$"{prefix}_SHA256"] = new string('1', 64), [$"{prefix}_VERSION"] = "9" },
            "bash", "/tmp/script.sh");

        exit.ShouldBe(1, output);
        output.ShouldContain($"has SHA-256 {images.Site.Supplies.Digest(file)}, declared is {new string('1', 64)}");
        (machine.Has(installed) ? machine.Read(installed) : null).ShouldBe(before);
    }

    [Fact]
    public async Task A_version_that_the_repository_does_not_have_is_refused_with_those_that_it_has()
    {
        await using var machine = await images.Worker.CloneAsync();

        var (exit, output) = await KubernetesAsync(machine, "1.34.9");

        exit.ShouldBe(1);
        output.ShouldContain("kubelet 1.34.9-1.1 is in no package repository; there are: 1.34.1-1.1 1.34.2-1.1 1.34.3-1.1");
    }

    [Theory]
    [InlineData("1.34.1")]
    [InlineData("1.34.3")]
    public async Task Another_version_takes_the_place_of_the_held_one(string version)
    {
        await using var machine = await images.Worker.CloneAsync();

        var (exit, output) = await KubernetesAsync(machine, version);

        exit.ShouldBe(0, output);
        (await machine.RunAsync("dpkg-query", "--show", "--showformat", "${db:Status-Want} ${Version}", "kubelet")).ShouldBe($"hold {version}-1.1");
    }

    /// <summary>containerd's CRI Plugin Config Guide: version 3 came with 2.0.</summary>
    [Fact]
    public async Task Containerd_of_the_releases_before_is_configured_as_it_was_then()
    {
        await using var machine = await images.Worker.CloneAsync();

        var (exit, output) = await ContainerdAsync(machine, "1.7.28");

        exit.ShouldBe(0, output);
        machine.Read("etc/containerd/config.toml").ShouldStartWith("version = 2\n");
        machine.Read("etc/containerd/config.toml").ShouldContain("[plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.runc.options]\n  SystemdCgroup = true\n");
    }

    [Fact]
    public async Task A_program_that_is_not_of_the_declared_version_is_refused()
    {
        await using var machine = await images.Worker.CloneAsync();

        var (exit, output) = await ContainerdAsync(machine, "1.7.29");

        exit.ShouldBe(1);
        output.ShouldContain("containerd says that it is v1.7.28, declared is 1.7.29");
    }

    [Fact]
    public async Task An_unsigned_repository_is_refused()
    {
        await using var machine = await images.Worker.CloneAsync();
        var stranger = Path.GetTempFileName();
        using (var key = await Images.Tests.Supplies.SigningKey.CreateAsync())
        {
            await File.WriteAllTextAsync(stranger, await key.PublicAsync());
        }

        machine.Copy(stranger, "etc/apt/keyrings/kubernetes.asc");
        File.Delete(stranger);
        var (exit, output) = await KubernetesAsync(machine, "1.34.3");

        exit.ShouldNotBe(0);
        output.ShouldContain("is not signed");
    }

    [Fact]
    public async Task What_would_take_a_package_away_is_refused()
    {
        await using var machine = await images.Worker.CloneAsync();

        var (exit, output) = await machine.TryAsync(Nothing, "bash", "-c", "set -euo pipefail; source /usr/local/lib/fleet/provisioning.bash; packages taker");

        exit.ShouldBe(1);
        output.ShouldContain("to install taker, apt would remove openssh-server");
        machine.Has("usr/sbin/sshd").ShouldBeTrue();
    }

    [Fact]
    public async Task A_base_image_with_cgroup_v1_is_refused()
    {
        await using var machine = await images.Worker.CloneAsync();
        machine.Copy(Tool.Path("packer/worker/scripts/23-cgroups.sh"), "tmp/script.sh");
        await machine.RunAsync("sh", "-c", "echo 'GRUB_CMDLINE_LINUX=\"systemd.unified_cgroup_hierarchy=0\"' >/etc/default/grub");

        var (exit, output) = await machine.TryAsync(Nothing, "bash", "/tmp/script.sh");

        exit.ShouldBe(1);
        output.ShouldContain("the base image boots with cgroup v1");
    }

    [Fact]
    public async Task A_base_image_that_is_no_worker_carries_no_spark()
    {
        await using var machine = await Machine.CreateAsync(images.Site.Supplies);

        var built = await images.Site.BuildAsync(machine, "spark", images.Site.Spark());

        built.Exit.ShouldBe(1);
        built.Output.ShouldContain("the base image was not made from packer/worker");
    }

    private async Task<(int Exit, string Output)> ContainerdAsync(Machine machine, string version)
    {
        machine.Copy(Tool.Path("packer/worker/scripts/31-containerd.sh"), "tmp/script.sh");
        return await machine.TryAsync(
            new Dictionary<string, string>
            {
                ["CONTAINERD_VERSION"] = version,
                ["CONTAINERD_URL"] = $"{images.Site.Supplies.Url}/containerd-1.tar.gz",
                ["CONTAINERD_SHA256"] = images.Site.Supplies.Digest("containerd-1.tar.gz"),
                ["PAUSE_IMAGE"] = "images.example.com/pause:3.10",
            },
            "bash", "/tmp/script.sh");
    }

    private async Task<(int Exit, string Output)> KubernetesAsync(Machine machine, string version)
    {
        machine.Copy(Tool.Path("packer/worker/scripts/40-kubernetes.sh"), "tmp/script.sh");
        return await machine.TryAsync(
            new Dictionary<string, string>
            {
                ["KUBERNETES_REPOSITORY"] = $"{images.Site.Supplies.Url}/kubernetes",
                ["KUBERNETES_REPOSITORY_KEY_URL"] = $"{images.Site.Supplies.Url}/key.asc",
                ["KUBERNETES_REPOSITORY_KEY_SHA256"] = images.Site.Supplies.Digest("key.asc"),
                ["KUBERNETES_VERSION"] = version,
                ["KUBERNETES_PACKAGE_REVISION"] = "1.1",
                ["KUBERNETES_CNI_VERSION"] = "1.7.1-1.1",
                ["CRI_TOOLS_VERSION"] = "1.34.0-1.1",
            },
            "bash", "/tmp/script.sh");
    }
}
