using Fleet.Core.Builds;
using Fleet.Core.Images;
using Fleet.Core.Images.Proof;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations.Crash;
using Xunit.Abstractions;

namespace Fleet.Core.Tests.Builds;

/// <summary>The proof in a build: an image becomes available when one instance of it has passed, and nothing of the instance stays.</summary>
public sealed class BuildProofTests(ITestOutputHelper output)
{
    private static readonly ScriptResult Unheld = new(ScriptEnd.Exited, 0, "kubelet hold\nkubeadm hold\nkubectl install\n", "");

    [Fact]
    public async Task An_image_is_proved_on_one_instance_before_it_becomes_available()
    {
        var stage = new Workshop(Workshop.Proved);

        var run = await stage.DriveAsync(look: async (at, _) =>
        {
            if (at.World.Instances.Count > 0)
            {
                (await at.RecordsAsync()).ShouldAllBe(image => image.State == ImageState.Building);
            }
        });

        var (order, _) = stage.World.Launched.Values.Single();
        (order.ImageId, order.InstanceProfile, order.InstanceType, order.Subnet, order.Token).ShouldBe((stage.World.Own.Single().Id, "fleet-proof", "m6i.large", "subnet-0123456789abcdef0", "run-1-proof"));
        order.Tags.Keys.ShouldBe(["Name", "fleet:recipe", "fleet:run", "fleet:version"]);
        stage.Scripts.Sent.Last().Remark.ShouldBe("fleet run-1 recipe-mirrors");
        await BuildTests.GoldenAsync("proved", stage, run, RunPhase.Succeeded);
    }

    [Fact]
    public async Task An_image_that_fails_its_proof_never_becomes_available_and_the_run_says_what_was_found_and_wanted()
    {
        var stage = new Workshop(Workshop.Proved);
        stage.Scripts.Answers["held"] = Unheld;
        stage.Scripts.Answers["recipe-mirrors"] = new(ScriptEnd.Exited, 7, "mirror.example: no route\n", "");

        var run = await stage.DriveAsync();

        run.Reasons.Select(reason => (reason.Value, reason.Limit)).ShouldBe([("not held: kubectl", "held: kubelet, kubeadm, kubectl"), ("exit code 7", "exit code 0")]);
        run.Reasons.ShouldAllBe(reason => reason.Cure != null);
        await BuildTests.GoldenAsync("unfit", stage, run, RunPhase.Failed);
    }

    [Fact]
    public async Task A_scan_that_finds_something_fails_the_image_and_the_bill_of_materials_is_kept_whole()
    {
        var bill = $"{new string('x', 20000)} end of bill\n";
        var recipe = Workshop.Proved with { Proof = Workshop.Proved.Proof! with { Scan = new("trivy", "trivy rootfs /", TimeSpan.FromMinutes(20)), Sbom = new("syft", "syft /", TimeSpan.FromMinutes(20)) } };
        var (fit, unfit) = (new Workshop(recipe), new Workshop(recipe));
        fit.Scripts.Answers["sbom-syft"] = unfit.Scripts.Answers["sbom-syft"] = new(ScriptEnd.Exited, 0, bill, "");
        unfit.Scripts.Answers["scan-trivy"] = new(ScriptEnd.Exited, 1, "CVE-2026-1 HIGH openssl\n", "");

        (await fit.DriveAsync()).Phase.ShouldBe(RunPhase.Succeeded);
        var run = await unfit.DriveAsync();

        fit.Scripts.Sent.TakeLast(2).Select(sent => sent.Remark).ShouldBe(["fleet run-1 scan-trivy", "fleet run-1 sbom-syft"]);
        (await fit.Store.JournalAsync("run-1", 0, CancellationToken.None)).ShouldContain(line => line.Kind == "proof-output" && line.Message.Contains("end of bill"));
        (run.Phase, run.Reasons.Single().Value).ShouldBe((RunPhase.Failed, "exit code 1"));
        (await unfit.Store.JournalAsync("run-1", 0, CancellationToken.None)).ShouldContain(line => line.Kind == "proof-output" && line.Message.Contains("CVE-2026-1"));
        (await unfit.RecordsAsync()).ShouldAllBe(image => image.State == ImageState.Rejected);
    }

    [Fact]
    public async Task The_instance_of_a_failed_proof_stays_where_that_was_asked_and_the_image_does_not()
    {
        var stage = new Workshop(Workshop.Proved, keeps: true);
        stage.Scripts.Answers["held"] = Unheld;

        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Failed);
        var kept = stage.World.Instances.ShouldHaveSingleItem();
        kept.Value.ShouldBe("running");
        stage.World.Own.ShouldBeEmpty();
        var entry = (await stage.Store.LedgerAsync(run.Id, CancellationToken.None)).Single(one => one.Kind == "proof-instance");
        (entry.Status, entry.Note).ShouldBe((LedgerStatus.Void, $"{kept.Key} stays, as asked: terminate it when it has been looked at"));
    }

    [Fact]
    public async Task An_instance_whose_agent_never_reports_fails_the_proof()
    {
        var stage = new Workshop(Workshop.Proved);
        stage.Scripts.Reachable = false;

        var run = await stage.DriveAsync();

        (run.Phase, run.Reasons.Single().Value).ShouldBe((RunPhase.Failed, $"no word from {stage.World.Launched.Values.Single().Id} for 10 min"));
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_instance_that_somebody_ends_fails_the_proof()
    {
        var stage = new Workshop(Workshop.Proved);

        var run = await stage.DriveAsync(look: (at, _) =>
        {
            if (at.Scripts.Sent.Count == 3)
            {
                at.World.Instances.Clear();
            }

            return Task.CompletedTask;
        });

        (run.Phase, run.Reasons.Single().Code).ShouldBe((RunPhase.Failed, "proof-instance-gone"));
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_build_that_is_cancelled_in_its_proof_ends_the_instance()
    {
        var stage = new Workshop(Workshop.Proved);

        var run = await stage.DriveAsync(look: CancelOnce((at, _) => at.Scripts.Sent.Count == 5));

        run.Phase.ShouldBe(RunPhase.Cancelled);
        stage.Scripts.Sent.Count.ShouldBeLessThan(8);
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("held")]
    public async Task Killed_anywhere_it_comes_to_the_same_end_and_does_nothing_twice(string? unfit)
    {
        var counting = new CrashPoint(0);
        var calm = await Stage(counting).DriveAsync();
        output.WriteLine($"{counting.Crossings} points.");
        counting.Crossings.ShouldBeGreaterThan(150);

        var wrong = new List<string>();
        for (var point = 1; point <= counting.Crossings; point++)
        {
            if (point is > 250 && point < counting.Crossings - 60 && point % 11 != 0)
            {
                // One check is like another: of those in the middle some will do.
                continue;
            }

            var crash = new CrashPoint(point);
            var stage = Stage(crash);
            var run = await stage.DriveAsync();
            wrong.AddRange((await stage.WrongAsync(run)).Append(run.Phase == calm.Phase ? null : $"it ended as {run.Phase}").OfType<string>().Select(what => $"killed {crash.Where} (point {point}): {what}"));
        }

        wrong.ShouldBeEmpty();

        Workshop Stage(CrashPoint point)
        {
            var stage = new Workshop(Workshop.Proved with { Checks = [] }, point: point);
            if (unfit is not null)
            {
                stage.Scripts.Answers[unfit] = Unheld;
            }

            return stage;
        }
    }

    [Fact]
    public async Task Killed_while_it_is_cancelled_it_leaves_no_instance_that_was_not_shown_yet()
    {
        for (var point = 1; point <= 120; point++)
        {
            var crash = new CrashPoint(point);
            var stage = new Workshop(Workshop.Proved, point: crash, lag: 3);
            var run = await stage.DriveAsync(look: CancelOnce((_, state) => state.Proving is not null));
            run.Phase.ShouldBe(RunPhase.Cancelled);
            (await stage.WrongAsync(run)).ShouldBeEmpty($"killed {crash.Where} (point {point})");
        }
    }

    private static Func<Workshop, Run, Task> CancelOnce(Func<Workshop, BuildState, bool> when)
    {
        var asked = false;
        return (stage, run) =>
        {
            if (asked || !when(stage, BuildJson.Read<BuildState>(run.State)))
            {
                return Task.CompletedTask;
            }

            asked = true;
            return stage.Store.RequestAsync(run.Id, RunRequest.Cancel, CancellationToken.None);
        };
    }
}
