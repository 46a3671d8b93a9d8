using Fleet.Images.Tests.Machines;
using Fleet.Infra.Tests.Tools;

namespace Fleet.Images.Tests.Builds;

/// <summary>What the scripts do where systemd runs, as on a machine of EC2. What would reach this host's kernel is a program that only notes how it was called.</summary>
[Collection(nameof(BuiltImages))]
public sealed class BootedTests(BuiltImages images)
{
    [Fact]
    public async Task Modules_are_loaded_once_to_see_that_the_kernel_has_them()
    {
        await using var machine = await images.Worker.CloneAsync();

        (await RunAsync(machine, "20-modules.sh", "KERNEL_MODULES=overlay,br_netfilter", "modprobe")).ShouldBe((0, "modprobe overlay\nmodprobe br_netfilter\n"));
    }

    [Fact]
    public async Task A_module_that_the_kernel_does_not_have_is_refused()
    {
        await using var machine = await images.Worker.CloneAsync();

        var (exit, output) = await RunAsync(machine, "20-modules.sh", "KERNEL_MODULES=overlay,br_netfilter", "modprobe", fails: true);

        exit.ShouldBe(1);
        output.ShouldContain("has no module overlay (variable kernel_modules)");
    }

    [Fact]
    public async Task A_parameter_that_the_kernel_does_not_take_is_refused()
    {
        await using var machine = await images.Worker.CloneAsync();

        var (exit, output) = await RunAsync(machine, "21-sysctls.sh", "SYSCTLS=net.ipv4.ip_forward=1", "sysctl", fails: true);

        exit.ShouldBe(1);
        output.ShouldContain("refuses a parameter of variable sysctls");
        output.ShouldContain("sysctl --quiet --load=/etc/sysctl.d/99-fleet.conf");
    }

    [Fact]
    public async Task Swap_in_use_is_turned_off()
    {
        await using var machine = await images.Worker.CloneAsync();

        (await RunAsync(machine, "22-swap.sh", "NONE=", "swapoff")).ShouldBe((0, "swapoff --all\n"));
    }

    [Theory]
    [InlineData("cgroup2", 0, "")]
    [InlineData("tmpfs", 1, "fleet: the base image runs with cgroup v1\n")]
    public async Task The_tree_of_cgroups_must_be_of_version_2(string mounted, int exit, string output)
    {
        await using var machine = await images.Worker.CloneAsync();
        machine.Copy(Tool.Path("packer/worker/scripts/23-cgroups.sh"), "tmp/script.sh");

        (await machine.TryWithMountsAsync($"mkdir -p /run/systemd/system /sys/fs/cgroup; mount -t {mounted} none /sys/fs/cgroup; bash /tmp/script.sh")).ShouldBe((exit, output));
    }

    /// <summary>Ubuntu's images bring the agent as a snap.</summary>
    [Fact]
    public async Task An_agent_that_updates_itself_makes_room_for_the_pinned_one()
    {
        await using var machine = await images.Worker.CloneAsync();

        (await RunAsync(machine, "50-ssm-agent.sh", $"SSM_AGENT_VERSION=3.3.1957.0 SSM_AGENT_SHA256={images.Site.Worker()["ssm_agent"]!["sha256"]}", "snap", booted: false))
            .ShouldBe((0, "snap list amazon-ssm-agent\nsnap remove --purge amazon-ssm-agent\n"));
    }

    /// <summary>Runs a script with a stand-in for one program, and nothing of this host's that could stand in for it; gives back what it was called with, and the script's own words.</summary>
    private static async Task<(int Exit, string Output)> RunAsync(Machine machine, string script, string variables, string program, bool fails = false, bool booted = true)
    {
        machine.Copy(Tool.Path($"packer/worker/scripts/{script}"), "tmp/script.sh");
        return await machine.TryWithMountsAsync($$"""
            mkdir -p /run/programs {{(booted ? "/run/systemd/system" : "")}}
            printf '#!/bin/sh\necho "{{program}} $*" >>/run/called\nexit {{(fails ? 1 : 0)}}\n' >/run/programs/{{program}}
            chmod +x /run/programs/{{program}}
            exit=0
            env PATH=/run/programs:/usr/bin:/bin {{variables}} bash /tmp/script.sh || exit=$?
            cat /run/called
            exit $exit
            """);
    }
}
