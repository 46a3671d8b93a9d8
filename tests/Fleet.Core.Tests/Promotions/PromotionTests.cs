using Fleet.Core.Images;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Images.Keys;
using Fleet.Core.Tests.Rotations.Crash;
using Fleet.Simulation.Calls;

namespace Fleet.Core.Tests.Promotions;

/// <summary>Promotions as runs against a simulated account; `FLEET_GOLDENS=write` writes the narratives anew.</summary>
public sealed class PromotionTests
{
    [Fact]
    public async Task A_candidate_is_copied_recorded_shared_tagged_and_named_and_only_then_stable()
    {
        var stage = new PromotionStage();

        var run = await stage.DriveAsync();

        await GoldenAsync("plain", stage, run, RunPhase.Succeeded);
        var record = await stage.NowAsync();
        record.Copies.Select(copy => copy.Region).ShouldBe([PromotionStage.Home, PromotionStage.Away, PromotionStage.Far]);
        record.SharedWith.ShouldBe([PromotionStage.Friend]);
        record.Promoted.ShouldNotBeNull();
        foreach (var copy in record.Copies)
        {
            var cloud = stage.World.CloudIn(copy.Region);
            cloud.Images[copy.ImageId].SharedWith.ShouldBe([PromotionStage.Friend]);
            cloud.Images[copy.ImageId].Tags.ShouldBe(ImageTags.Of(record, stage.Recipe.Tags));
            copy.Snapshots.ShouldAllBe(snapshot => cloud.Snapshots[snapshot].Tags["fleet:version"] == PromotionStage.Version);
        }

        var calls = stage.World.Log.Records.Where(call => call is { Caller: "fleet", Writes: true }).Select(call => call.Verb).ToList();
        calls.LastIndexOf("ModifyImageAttribute").ShouldBeLessThan(calls.IndexOf("PutParameter"), "nobody is told of an image before all of them can be launched from");
    }

    [Fact]
    public async Task A_candidate_soaks_for_as_long_as_an_instance_runs_it_without_a_break()
    {
        var stage = new PromotionStage(recipe => recipe with { PromoteAfter = TimeSpan.FromDays(2) });
        var (began, waited) = (stage.World.Now, new List<string>());
        var group = stage.Group();

        var run = await stage.DriveAsync(now =>
        {
            waited.AddRange(now.Reasons.Select(reason => reason.Value).OfType<string>().Except(waited.TakeLast(1)));
            var hours = (stage.World.Now - began).TotalHours;
            stage.Scale(group, hours is (>= 10 and < 30) or >= 40 ? 1 : 0);
            return Task.CompletedTask;
        });

        run.Phase.ShouldBe(RunPhase.Succeeded);
        waited.Count.ShouldBe(4);
        (waited[0], waited[2]).ShouldBe(("not in use", "not in use"));
        ((await stage.NowAsync()).Promoted!.Value - began).TotalHours.ShouldBeInRange(88, 88.5);
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_approves_where_the_recipe_asks_for_it_or_the_wait_is_skipped()
    {
        var stage = new PromotionStage(recipe => recipe with { PromoteAfter = TimeSpan.FromDays(2) }, skipSoak: true);

        var stopped = await stage.DriveAsync();

        stopped.Phase.ShouldBe(RunPhase.Stopped);
        stopped.Reasons.ShouldHaveSingleItem().Code.ShouldBe(RequestRules.ApprovalNeeded);
        stopped.Reasons[0].Sentence.ShouldBe("worker/c0ffee000001 shall become stable without having been in use for 2d, which a person must approve");
        (await stage.NowAsync()).ShouldBe(stage.Record);
        await stage.Store.RequestAsync(PromotionStage.RunId, RunRequest.Approve, CancellationToken.None);

        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Succeeded);
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stable_version_gets_what_its_recipe_asks_for_since_and_an_older_one_does_not_become_the_latest()
    {
        var stage = new PromotionStage(recipe => recipe with { ApprovePromotion = true });
        var newer = stage.Record with { Version = "c0ffee000002", State = ImageState.Stable, Promoted = stage.World.Now, Copies = [], Name = "newer" };
        await stage.Store.AddImageAsync(newer, CancellationToken.None);
        await stage.Store.PutImageAsync(stage.Record with { State = ImageState.Stable, Promoted = stage.World.Now.AddDays(-3) }, ImageState.Candidate, CancellationToken.None);

        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Succeeded);
        (await stage.NowAsync()).Copies.Length.ShouldBe(3);
        stage.World.CloudIn(PromotionStage.Far).Parameters.Keys.ShouldBe([$"/fleet/images/worker/1.33/{PromotionStage.Version}"]);
    }

    [Theory]
    [InlineData(ImageState.Rejected, "worker/c0ffee000001 is rejected, and a candidate alone becomes stable")]
    [InlineData(ImageState.Deprecated, "worker/c0ffee000001 is deprecated, and a candidate alone becomes stable")]
    public async Task What_is_no_candidate_is_refused_before_anything_is_changed(ImageState state, string why)
    {
        var stage = new PromotionStage();
        await stage.Store.PutImageAsync(stage.Record with { State = state }, ImageState.Candidate, CancellationToken.None);

        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Failed);
        run.Reasons.ShouldHaveSingleItem().Sentence.ShouldBe(why);
        stage.World.Log.Records.ShouldNotContain(call => call.Writes && call.Caller == "fleet");
    }

    [Fact]
    public async Task A_copy_that_fails_is_removed_with_its_siblings_and_the_candidate_stays_one()
    {
        var stage = new PromotionStage(recipe => recipe with { KmsKeys = new Dictionary<string, string> { [PromotionStage.Far] = WorldKeys.Alias } });
        WorldKeys.Put(stage.World, PromotionStage.Far, [PromotionStage.Account, PromotionStage.Friend]);

        var run = await stage.DriveAsync(_ =>
        {
            var cloud = stage.World.CloudIn(PromotionStage.Far);
            foreach (var pending in cloud.Images.Values.Where(image => image.State == "pending").ToList())
            {
                cloud.Put(pending with { State = "failed" });
            }

            return Task.CompletedTask;
        });

        run.Phase.ShouldBe(RunPhase.Failed);
        run.Reasons.ShouldHaveSingleItem().Cure!.ShouldContain("may use key alias/images in us-east-1");
        (await stage.WrongAsync(run)).ShouldBeEmpty();
        (await stage.NowAsync()).State.ShouldBe(ImageState.Candidate);
    }

    [Fact]
    public async Task Keys_that_copies_or_launches_would_fail_at_are_refused_before_anything_is_copied_and_all_at_once()
    {
        var stage = new PromotionStage(recipe => recipe with { KmsKeys = recipe.Regions.ToDictionary(region => region, _ => WorldKeys.Alias) });
        WorldKeys.Put(stage.World, PromotionStage.Home, [PromotionStage.Account]);
        WorldKeys.Put(stage.World, PromotionStage.Away, [PromotionStage.Account, PromotionStage.Friend], key => key with { State = "Disabled" });

        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Failed);
        run.Reasons.Select(reason => (reason.Code, reason.Object)).ShouldBe([("kms-key-no-launch", "spec.kmsKeys.eu-central-1"), ("kms-key-disabled", "spec.kmsKeys.eu-west-1"), ("kms-key-missing", "spec.kmsKeys.us-east-1")]);
        run.Reasons.ShouldAllBe(reason => reason.Cure != null);
        stage.World.Log.Records.ShouldNotContain(call => call.Writes && call.Caller == "fleet");
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    /// <summary>Amazon EC2, "Share an AMI with specific AWS accounts". The world refuses it, too, after the copies are made.</summary>
    [Fact]
    public async Task An_image_that_AWSs_own_key_encrypts_is_not_promoted_where_it_would_be_shared()
    {
        foreach (var shared in (bool[])[true, false])
        {
            var stage = new PromotionStage(recipe => shared ? recipe : recipe with { ShareWith = [] });
            var cloud = stage.World.CloudIn(PromotionStage.Home);
            var key = WorldKeys.Put(stage.World, PromotionStage.Home, [], one => one with { Manager = "AWS", Aliases = ["alias/aws/ebs"] });
            cloud.Put(cloud.Snapshots[stage.Record.Copies[0].Snapshots[0]] with { KmsKey = cloud.ArnOf(key) });

            var run = await stage.DriveAsync();

            run.Reasons.Select(reason => (reason.Code, reason.Value)).ShouldBe(shared ? [("kms-key-not-shared", "AWS managed")] : []);
            run.Phase.ShouldBe(shared ? RunPhase.Failed : RunPhase.Succeeded);
            stage.World.Log.Records.Any(call => call.Writes && call.Caller == "fleet").ShouldBe(!shared);
            (await stage.WrongAsync(run)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Keys_that_may_not_be_read_hold_nothing_up_and_are_noted()
    {
        var stage = new PromotionStage(recipe => recipe with { KmsKeys = recipe.Regions.ToDictionary(region => region, _ => WorldKeys.Alias) });
        stage.World.Faults.Deny("DescribeKey");

        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Succeeded);
        (await stage.NarrativeAsync()).Split('\n').Count(line => line.StartsWith("note ", StringComparison.Ordinal) && line.Contains("kms:DescribeKey would tell", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task A_cancelled_promotion_removes_the_copies_that_it_made()
    {
        var stage = new PromotionStage();
        var asked = false;

        var run = await stage.DriveAsync(async now =>
        {
            if (!asked && stage.World.CloudIn(PromotionStage.Away).Images.Count > 0)
            {
                asked = true;
                await stage.Store.RequestAsync(now.Id, RunRequest.Cancel, CancellationToken.None);
            }
        });

        await GoldenAsync("cancelled", stage, run, RunPhase.Cancelled);
    }

    [Fact]
    public async Task Cancelled_at_any_step_every_image_is_recorded_or_gone()
    {
        var (steps, cancelled) = (0, 0);
        await new PromotionStage().DriveAsync(_ => Task.FromResult(steps++));
        for (var at = 1; at < steps; at++)
        {
            var (stage, step) = (new PromotionStage(), 0);
            var run = await stage.DriveAsync(async now =>
            {
                if (++step == at)
                {
                    await stage.Store.RequestAsync(now.Id, RunRequest.Cancel, CancellationToken.None);
                }
            });
            (await stage.WrongAsync(run)).ShouldBeEmpty($"cancelled after step {at}, it ended as {run.Phase}");
            cancelled += run.Phase == RunPhase.Cancelled ? 1 : 0;
        }

        cancelled.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task A_refused_region_holds_the_others_back_until_it_is_granted()
    {
        var stage = new PromotionStage();
        var denied = true;
        stage.World.Faults.Add(call => denied && call is { Caller: "fleet", Verb: "PutParameter" } ? WorldFaultKind.Denied : null);
        var waits = 0;

        var run = await stage.DriveAsync(now =>
        {
            waits += now.Reasons.Any(reason => reason.Code == "promotion-call-failed") ? 1 : 0;
            denied = waits < 3;
            return Task.CompletedTask;
        });

        run.Phase.ShouldBe(RunPhase.Succeeded);
        waits.ShouldBeGreaterThanOrEqualTo(3);
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Killed_anywhere_it_comes_to_the_same_end()
    {
        var counting = new CrashPoint(0);
        (await new PromotionStage(point: counting).DriveAsync()).Phase.ShouldBe(RunPhase.Succeeded);
        counting.Crossings.ShouldBeGreaterThan(30);
        var wrong = new List<string>();
        for (var point = 1; point <= counting.Crossings; point++)
        {
            var crash = new CrashPoint(point);
            var stage = new PromotionStage(point: crash);
            var run = await stage.DriveAsync();
            wrong.AddRange((await stage.WrongAsync(run)).Append(run.Phase == RunPhase.Succeeded ? null : $"it ended as {run.Phase}").OfType<string>().Select(what => $"killed {crash.Where} (point {point}): {what}"));
        }

        wrong.ShouldBeEmpty();
    }

    private static async Task GoldenAsync(string name, PromotionStage stage, Run run, RunPhase phase)
    {
        run.Phase.ShouldBe(phase, string.Join("; ", run.Reasons.Select(reason => reason.Sentence)));
        (await stage.WrongAsync(run)).ShouldBeEmpty();
        var told = await stage.NarrativeAsync();
        var path = Path.Combine(Architecture.Repository.Root, "tests/Fleet.Core.Tests/Promotions/Goldens", $"{name}.golden");
        if (Environment.GetEnvironmentVariable("FLEET_GOLDENS") == "write")
        {
            await File.WriteAllTextAsync(path, told);
        }

        told.ShouldBe(await File.ReadAllTextAsync(path));
    }
}
