using Fleet.Simulation.Calls;

namespace Fleet.Sandbox.Tests.Hosts;

/// <summary>Run Command over the wire, with the real aws command line.</summary>
public sealed class RunCommandWireTests(HostSandbox sandbox) : IClassFixture<HostSandbox>
{
    private const string Document = "AWS-RunShellScript";

    [Fact]
    public async Task A_command_is_sent_followed_and_listed_with_its_output_cut_where_SSM_cuts_it()
    {
        var id = sandbox.Instance(0);
        var sent = (await sandbox.Cli.Run("ssm", "send-command", "--document-name", Document, "--instance-ids", id, "--comment", "fleet run-1 step-1",
            "--parameters", """{"commands":["head -c 40000 /dev/zero | tr '\\0' a","head -c 40000 /dev/zero | tr '\\0' b >&2"],"executionTimeout":["300"]}"""))["Command"]!;
        sent["Status"]!.GetValue<string>().ShouldBe("Pending");
        var command = sent["CommandId"]!.GetValue<string>();
        await sandbox.Ended(command, id);

        var ended = await sandbox.Cli.Run("ssm", "get-command-invocation", "--command-id", command, "--instance-id", id);
        ended["Status"]!.GetValue<string>().ShouldBe("Success");
        ended["ResponseCode"]!.GetValue<int>().ShouldBe(0);
        ended["ExecutionElapsedTime"]!.GetValue<string>().ShouldStartWith("PT");
        ended["StandardOutputContent"]!.GetValue<string>().Length.ShouldBe(24_000);
        ended["StandardOutputContent"]!.GetValue<string>().ShouldEndWith("aaa\n---Output truncated---");
        ended["StandardErrorContent"]!.GetValue<string>().Length.ShouldBe(8_000);

        var listed = (await sandbox.Cli.Run("ssm", "list-command-invocations", "--command-id", command, "--details"))["CommandInvocations"]!.AsArray().ShouldHaveSingleItem()!;
        listed["CommandPlugins"]![0]!["Output"]!.GetValue<string>().Length.ShouldBe(2_500);
        var found = (await sandbox.Cli.Run("ssm", "list-commands", "--instance-id", id, "--filters", "key=Status,value=Success"))["Commands"]!.AsArray().Single(one => one!["Comment"]!.GetValue<string>() == "fleet run-1 step-1")!;
        (found["CommandId"]!.GetValue<string>(), found["CompletedCount"]!.GetValue<int>()).ShouldBe((command, 1));
    }

    [Fact]
    public async Task An_invocation_is_not_there_right_after_sending_and_a_cancelled_one_stays_cancelled()
    {
        sandbox.Look(world => world.Cloud.Commands.Timings = world.Cloud.Commands.Timings with { Visible = TimeSpan.FromDays(100), Delivery = TimeSpan.FromDays(200) });
        var id = sandbox.Instance(1);
        var command = sandbox.Send(id, "true");
        (await sandbox.Cli.Fail("ssm", "get-command-invocation", "--command-id", command, "--instance-id", id)).ShouldContain("(InvocationDoesNotExist)");
        await sandbox.Cli.Run("ssm", "cancel-command", "--command-id", command);
        sandbox.Look(world => world.Cloud.Commands.Find(command, id)!.Status).ShouldBe("Cancelled");
        sandbox.Look(world => world.Cloud.Commands.Timings = new());
        (await sandbox.Cli.Fail("ssm", "cancel-command", "--command-id", Guid.Empty.ToString())).ShouldContain("(InvalidCommandId)");
    }

    [Fact]
    public async Task Only_booted_instances_are_managed()
    {
        sandbox.Look(world => world.Cloud.NeverBoots.Add(world.Cloud.Launches + 1));
        await sandbox.Cli.Run("autoscaling", "set-desired-capacity", "--auto-scaling-group-name", "workers", "--desired-capacity", "4");
        var fresh = sandbox.Look(world => world.Cloud.Instances.Values.MaxBy(instance => instance.Number)!.Id);
        var agents = (await sandbox.Cli.Run("ssm", "describe-instance-information", "--filters", "Key=PingStatus,Values=Online"))["InstanceInformationList"]!.AsArray();
        agents.Select(agent => agent!["InstanceId"]!.GetValue<string>()).ShouldBe([sandbox.Instance(0), sandbox.Instance(1), sandbox.Instance(2)], ignoreOrder: true);
        (await sandbox.Cli.Fail("ssm", "send-command", "--document-name", Document, "--instance-ids", fresh, "--parameters", "commands=true")).ShouldContain("(InvalidInstanceId)");
    }

    [Theory]
    [InlineData("InvalidDocument", "AWS-RunPowerShellScript", """{"commands":["true"]}""")]
    [InlineData("InvalidParameters", Document, """{"executionTimeout":["60"]}""")]
    [InlineData("InvalidParameters", Document, """{"commands":["true"],"executionTimeout":["0"]}""")]
    [InlineData("InvalidParameters", Document, """{"commands":["true"],"colour":["red"]}""")]
    public async Task What_the_document_does_not_take_is_refused(string code, string document, string parameters) =>
        (await sandbox.Cli.Fail("ssm", "send-command", "--document-name", document, "--instance-ids", sandbox.Instance(0), "--parameters", parameters)).ShouldContain($"({code})");

    [Fact]
    public async Task What_the_services_model_does_not_allow_is_refused() =>
        (await sandbox.Cli.Fail("ssm", "send-command", "--document-name", Document, "--instance-ids", sandbox.Instance(0), "--comment", new string('x', 101), "--parameters", "commands=true"))
            .ShouldContain("at 'comment' failed to satisfy constraint: Member must have length less than or equal to 100");

    [Fact]
    public async Task Faults_denials_and_the_log_are_those_of_other_calls()
    {
        var id = sandbox.Instance(0);
        sandbox.Look(world =>
        {
            world.Faults.Next("SendCommand", WorldFaultKind.TimeoutAfterSuccess);
            world.Faults.Next("ListCommands", WorldFaultKind.Throttled);
            world.Faults.Deny("CancelCommand");
            return true;
        });
        (await sandbox.Cli.Fail("ssm", "send-command", "--document-name", Document, "--instance-ids", id, "--comment", "lost", "--parameters", "commands=true")).ShouldContain("Connection");
        (await sandbox.Cli.Fail("ssm", "list-commands")).ShouldContain("(ThrottlingException)");
        (await sandbox.Cli.Fail("ssm", "cancel-command", "--command-id", Guid.Empty.ToString())).ShouldContain("(AccessDeniedException)");
        var sent = sandbox.Look(world =>
        {
            world.Faults.Clear();
            return world.Cloud.Commands.Commands.Single(command => command.Comment == "lost");
        });
        sandbox.Look(world => world.Log.Records.Last(call => call.Verb == "SendCommand")).ShouldSatisfyAllConditions(
            call => call.Subject.ShouldBe(id), call => call.Detail.ShouldBe("lost"), call => call.Applied.ShouldBeTrue(), call => call.Answer.ShouldBe(0));
        (await sandbox.Ended(sent.Id, id)).Status.ShouldBe("Success");
    }
}
