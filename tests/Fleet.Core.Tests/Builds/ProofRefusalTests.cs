using Fleet.Core.Builds;
using Fleet.Core.Runs;

namespace Fleet.Core.Tests.Builds;

/// <summary>What AWS refuses of a proof: no waiting for what no waiting cures, and patience with the rest.</summary>
public sealed class ProofRefusalTests
{
    private const string Grant = "grant ec2:RunInstances and what it passes on (proof = true in infra/terraform/builder-policy), and build again";
    private const string Mend = "mend the recipe's proof (instanceProfile, instanceType, subnet, securityGroups), and build again";
    private const string Room = "see whether the account has capacity and addresses for the recipe's proof (instanceType, subnet), or name others, and build again";

    [Theory]
    [InlineData("denied", 0, null, Grant)]
    [InlineData("invalid", 0, null, Mend)]
    [InlineData("not-found", 0, null, Mend)]
    [InlineData("busy", 10, "tried for 10 min", Room)]
    [InlineData("unauthorized", 10, "tried for 10 min", Room)]
    [InlineData("unreachable", 10, "tried for 10 min", Room)]
    public async Task A_launch_that_is_refused_is_tried_as_long_as_waiting_may_cure_it(string code, int minutes, string? limit, string cure)
    {
        var stage = new Workshop(Workshop.Proved);
        stage.World.LaunchRefusal = code;

        var run = await stage.DriveAsync();

        var reason = run.Reasons.Single();
        (run.Phase, reason.Code, reason.Value, reason.Limit, reason.Cure).ShouldBe((RunPhase.Failed, "proof-not-launched", "ec2:RunInstances: refused", limit, cure));
        (await TriedAsync(stage)).TotalMinutes.ShouldBeInRange(minutes, minutes + 1);
        stage.World.Launched.ShouldBeEmpty();
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_launch_goes_on_when_there_is_capacity_again()
    {
        var stage = new Workshop(Workshop.Proved);
        stage.World.LaunchRefusal = "busy";

        var run = await stage.DriveAsync(look: (at, now) =>
        {
            at.World.LaunchRefusal = BuildJson.Read<BuildState>(now.State).Proving?.Launched is { } since && at.Now - since > TimeSpan.FromMinutes(8) ? null : "busy";
            return Task.CompletedTask;
        });

        run.Phase.ShouldBe(RunPhase.Succeeded);
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("denied", 0)]
    [InlineData("busy", 15)]
    [InlineData("invalid", 15)]
    public async Task A_step_of_the_proof_that_is_refused_is_tried_as_long_as_waiting_may_cure_it(string code, int minutes)
    {
        var stage = new Workshop(Workshop.Proved);
        stage.Scripts.Refusal = code;

        var run = await stage.DriveAsync();

        var reason = run.Reasons.Single();
        (run.Phase, reason.Code, reason.Value).ShouldBe((RunPhase.Failed, "proof-refused", "ssm:DescribeInstanceInformation: refused"));
        reason.Cure!.ShouldStartWith(code == "denied" ? "grant ssm:DescribeInstanceInformation " : "see why Systems Manager ");
        (await TriedAsync(stage)).TotalMinutes.ShouldBeInRange(minutes, minutes + 1);
        (await stage.WrongAsync(run)).ShouldBeEmpty();
        stage.World.Instances.Values.ShouldAllBe(state => state == "terminated" || state == "shutting-down");
    }

    [Fact]
    public async Task A_proof_goes_on_when_Systems_Manager_answers_again()
    {
        var stage = new Workshop(Workshop.Proved);
        stage.Scripts.Refusal = "unreachable";

        var run = await stage.DriveAsync(look: (at, now) =>
        {
            at.Scripts.Refusal = BuildJson.Read<BuildState>(now.State).Proving?.RefusedSince is { } since && at.Now - since > TimeSpan.FromMinutes(12) ? null : at.Scripts.Refusal;
            return Task.CompletedTask;
        });

        run.Phase.ShouldBe(RunPhase.Succeeded);
    }

    /// <summary>From the first word of the proof's launch until the image was given up.</summary>
    private static async Task<TimeSpan> TriedAsync(Workshop stage)
    {
        var journal = await stage.Store.JournalAsync(stage.RunId, 0, CancellationToken.None);
        return journal.Single(entry => entry.Kind == "given-up").At - journal.First(entry => entry.Kind == "action" && entry.Message.Contains("launch", StringComparison.OrdinalIgnoreCase)).At;
    }
}
