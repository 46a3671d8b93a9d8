using Fleet.Simulation.Cloud.Commands;

namespace Fleet.Sandbox.Tests.Hosts;

/// <summary>Run Command on hosts whose scripts really run.</summary>
public sealed class RunCommandTests(HostSandbox sandbox) : IClassFixture<HostSandbox>
{
    [Fact]
    public async Task A_script_runs_as_root_by_the_interpreter_that_it_names()
    {
        var id = sandbox.Instance(0);
        var ended = await sandbox.Run(id, "#!/bin/bash\n[[ $(id -u) == 0 ]] && echo \"root on $AWS_SSM_INSTANCE_ID\"; echo careful >&2");
        (ended.Status, ended.ResponseCode, ended.Output, ended.Errors).ShouldBe((CommandStatus.Success, 0, $"root on {id}\n", "careful\n"));

        var posix = await sandbox.Run(id, "[[ 1 == 1 ]] && echo bash");
        posix.Output.ShouldBe("", "a script without a first line is sh's, as on Debian");
    }

    [Fact]
    public async Task An_exit_code_fails_the_invocation()
    {
        var ended = await sandbox.Run(sandbox.Instance(0), "echo so far; exit 7");
        (ended.Status, ended.ResponseCode, ended.Output).ShouldBe((CommandStatus.Failed, 7, "so far\n"));
    }

    [Fact]
    public async Task A_cancelled_script_is_killed_with_what_it_started()
    {
        var id = sandbox.Instance(1);
        var command = sandbox.Send(id, "#!/bin/bash\ntouch /root/began\n(sleep 5; touch /root/survived) & sleep 600\ntouch /root/survived");
        await sandbox.Reached(command, id, status => status == CommandStatus.InProgress);
        new Simulation.Cloud.CloudApi(sandbox.World, "AKIAFLEETTEST0000001").CancelCommand(command, []);
        (await sandbox.Ended(command, id)).Status.ShouldBe(CommandStatus.Cancelled);
        (await sandbox.Run(id, "sleep 6; ls /root")).Output.ShouldNotContain("survived");
    }

    [Fact]
    public async Task A_script_that_takes_too_long_is_killed()
    {
        var ended = await sandbox.Run(sandbox.Instance(1), "sleep 600", executionTimeout: 1);
        (ended.Status, ended.Details).ShouldBe((CommandStatus.TimedOut, CommandStatus.ExecutionTimedOut));
    }

    [Fact]
    public async Task Exit_code_194_boots_the_host_and_runs_the_script_again()
    {
        var ended = await sandbox.Run(sandbox.Instance(2), "if [ -e /var/booted ]; then ls /run; cat /var/booted; else touch /run/volatile; echo once >/var/booted; exit 194; fi");
        (ended.Status, ended.Reboots).ShouldBe((CommandStatus.Success, 1));
        ended.Output.ShouldEndWith("once\n");
        ended.Output.ShouldNotContain("volatile");
    }

    [Fact]
    public async Task A_silent_agent_delays_the_command_until_its_delivery_times_out()
    {
        var id = sandbox.Instance(2);
        sandbox.Look(world => world.Cloud.Commands.Silent.Add(id));
        var command = sandbox.Send(id, "true");
        (await sandbox.Reached(command, id, status => status != CommandStatus.Pending)).Status.ShouldBe(CommandStatus.Delayed);
        (await sandbox.Ended(command, id)).Details.ShouldBe(CommandStatus.DeliveryTimedOut);
        sandbox.Look(world => world.Cloud.Commands.AgentOf(world.Cloud.Instances[id])!.PingStatus).ShouldBe("ConnectionLost");
        sandbox.Look(world => world.Cloud.Commands.Silent.Remove(id));
    }
}
