using Fleet.Core.Images;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Simulation.Cloud;
using static Fleet.Core.Tests.Retirement.RetirementStage;

namespace Fleet.Core.Tests.Retirement;

/// <summary>Whole sweeps over a simulated account, judged by what the account then holds.</summary>
public class SweepTests
{
    private readonly RetirementStage _stage = new();

    [Fact]
    public async Task What_nothing_needs_is_deprecated_then_disabled_then_gone_with_its_snapshots_in_every_region()
    {
        var (old, newest) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));

        await _stage.SweepForAsync(7);
        (await _stage.RecordAsync(old)).State.ShouldBe(ImageState.Deprecated);
        _stage.States(old).ShouldBe(["available", "available"]);
        _stage.Deprecations(old).ShouldAllBe(at => at < _stage.Now);

        await _stage.SweepForAsync(7);
        (await _stage.RecordAsync(old)).State.ShouldBe(ImageState.Disabled);
        _stage.States(old).ShouldBe(["disabled", "disabled"]);
        _stage.Snapshots().ShouldBe(4);

        await _stage.SweepForAsync(1);
        (await _stage.RecordAsync(old)).State.ShouldBe(ImageState.Retired);
        _stage.States(old).ShouldBe(["deregistered", "deregistered"]);
        _stage.Snapshots().ShouldBe(2, "the newest image has its own");

        await _stage.SweepForAsync(3);
        _stage.States(newest).ShouldBe(["available", "available"]);
        _stage.Writes(newest).ShouldBeEmpty();
        _stage.Writes(old).Order().ToList().ShouldBe(
            ["DeleteSnapshot", "DeleteSnapshot", "DeregisterImage", "DeregisterImage", "DisableImage", "DisableImage", "EnableImageDeprecation", "EnableImageDeprecation"], "each once a region");
    }

    [Fact]
    public async Task What_any_template_version_names_is_never_touched_in_any_region()
    {
        var (old, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));
        Use(_stage.World, old.Copies[1].ImageId, Away);

        await _stage.SweepForAsync(30);

        (await _stage.RecordAsync(old)).ShouldBe(old);
        _stage.Writes(old).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_needed_again_comes_all_the_way_back_and_is_shared_as_before()
    {
        _stage.Open(Other);
        _stage.Declare(Recipe(), new ClusterSpec { Name = "away", Account = Other, Region = Home, RoleArn = $"arn:aws:iam::{Other}:role/fleet" }, new ClusterSpec { Name = "far", Account = Other, Region = Away, RoleArn = $"arn:aws:iam::{Other}:role/fleet" });
        var (old, _) = (await _stage.MadeAsync(100, Other), await _stage.MadeAsync(30));
        await _stage.SweepForAsync(9);
        _stage.States(old).ShouldBe(["disabled", "disabled"]);

        Use(_stage.World, old.Copies[0].ImageId);
        await _stage.SweepForAsync(2);

        (await _stage.RecordAsync(old)).State.ShouldBe(ImageState.Stable);
        _stage.States(old).ShouldBe(["available", "available"]);
        _stage.Deprecations(old).ShouldBe([null, null]);
        old.Copies.Select(copy => _stage.World.CloudIn(copy.Region).Images[copy.ImageId].SharedWith.Single()).ShouldBe([Other, Other]);
    }

    [Fact]
    public async Task A_use_that_comes_between_the_look_and_the_removal_keeps_the_image()
    {
        var (old, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));
        await _stage.SweepForAsync(14);
        var looks = 0;
        _stage.World.Log.Recorded += call =>
        {
            // The second place is looked at: the first has been read.
            if (call.Verb == "GetCallerIdentity" && ++looks == 2)
            {
                Use(_stage.World, old.Copies[0].ImageId);
            }
        };

        var outcome = (await _stage.SweepAsync()).Single(outcome => outcome.Verdict.Image.Key == old.Key);

        outcome.Verdict.Reasons.ShouldContain(reason => reason.Code == "image-in-use");
        _stage.States(old).ShouldBe(["disabled", "disabled"]);
        await _stage.SweepForAsync(2);
        _stage.States(old).ShouldBe(["available", "available"]);
    }

    [Fact]
    public async Task Where_one_region_cannot_be_read_nothing_goes_in_any()
    {
        var (old, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));
        _stage.World.Faults.Deny("DescribeLaunchTemplates");

        var outcomes = await _stage.SweepAsync();
        await _stage.SweepForAsync(20);

        outcomes.ShouldAllBe(outcome => outcome.Verdict.Reasons.Any(reason => reason.Code == "account-unread" && reason.Sentence.Contains("ec2:DescribeLaunchTemplates")));
        _stage.Writes(old).ShouldBeEmpty();
    }

    [Fact]
    public async Task Credentials_of_another_account_say_nothing_of_what_is_in_use()
    {
        var (old, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));
        _stage.OwnAccount = Other;

        var outcomes = await _stage.SweepAsync();

        outcomes.ShouldAllBe(outcome => outcome.Verdict.Step == SweepStep.Stay && outcome.Verdict.Reasons.Any(reason => reason.Code == "account-unread" && reason.Sentence.Contains($"those of account {Other}")));
        _stage.Writes(old).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_shared_stays_until_the_other_account_can_be_read_and_does_not_need_it()
    {
        var elsewhere = _stage.Open(Other);
        var (old, _) = (await _stage.MadeAsync(100, Other), await _stage.MadeAsync(30));
        (await _stage.SweepAsync())[0].Verdict.Reasons.ShouldContain(reason => reason.Code == "account-unread" && reason.Sentence.Contains("neither a recipe nor a cluster"));

        ClusterSpec[] clusters = [.. new[] { Home, Away }.Select(region => new ClusterSpec { Name = region, Account = Other, Region = region, RoleArn = $"arn:aws:iam::{Other}:role/fleet" })];
        _stage.Declare(Recipe(), clusters);
        Use(elsewhere, old.Copies[1].ImageId, Away);
        await _stage.SweepForAsync(20);
        _stage.Writes(old).ShouldBeEmpty();

        new CloudApi(elsewhere, "admin") { Region = Away }.DeleteLaunchTemplateVersions(null, $"uses-{old.Copies[1].ImageId}", ["2"]);
        await _stage.SweepForAsync(15);
        _stage.States(old).ShouldBe(["deregistered", "deregistered"]);
    }

    [Fact]
    public async Task What_lacks_Fleet_s_tag_or_its_record_is_never_touched()
    {
        var (untagged, newest) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));
        var home = _stage.World.CloudIn(Home);
        home.Put(home.Images[untagged.Copies[0].ImageId] with { Tags = home.Images[untagged.Copies[0].ImageId].Tags.Remove(ImageTags.Version) });
        home.Put(home.Images[newest.Copies[0].ImageId] with { Id = "ami-0000000000000beef", Name = "somebody's" });

        await _stage.SweepForAsync(30);

        _stage.Writes(untagged).ShouldBeEmpty();
        home.Images["ami-0000000000000beef"].State.ShouldBe("available");
        _stage.World.Log.Records.ShouldNotContain(call => call.Writes && call.Subject == "ami-0000000000000beef");
    }

    [Fact]
    public async Task Images_of_a_recipe_that_is_gone_stay()
    {
        var (old, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));
        _stage.Forget("worker");

        await _stage.SweepForAsync(30);

        _stage.Writes(old).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_parameter_of_a_version_goes_with_it_and_any_other_one_keeps_it()
    {
        var (old, kept, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(90), await _stage.MadeAsync(30));
        var home = new CloudApi(_stage.World, "admin");
        home.PutParameter(ImageNames.ByVersion("worker", "1.33", old.Version), old.Copies[0].ImageId, "String", overwrite: false);
        home.PutParameter("/fleet/images/worker/1.33/blessed", kept.Copies[0].ImageId, "String", overwrite: false);

        await _stage.SweepForAsync(30);

        _stage.States(old).ShouldBe(["deregistered", "deregistered"]);
        _stage.World.Cloud.Parameters.Keys.ShouldBe(["/fleet/images/worker/1.33/blessed"]);
        _stage.Writes(kept).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_pool_or_a_recipe_names_by_id_stays()
    {
        var (pools, bases, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(90), await _stage.MadeAsync(30));
        await _stage.Store.ApplyAsync(
            [new ClusterSpec { Name = "prod", Account = Account, Region = Home }], [new NodePoolSpec { Cluster = "prod", Name = "workers", Groups = ["workers"], Image = new ImageSource { Id = pools.Copies[0].ImageId } }], CancellationToken.None);
        _stage.Declare(Recipe() with { Name = "derived", KubernetesVersion = "1.33.2", Base = new Core.Inventory.Recipes.BaseImage { Id = bases.Copies[0].ImageId } });

        await _stage.SweepForAsync(20);

        _stage.Writes(pools).Concat(_stage.Writes(bases)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_rotation_under_way_brings_stays_before_any_template_names_it()
    {
        var (wanted, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));
        var spec = new RotationSpec
        {
            Cluster = new ClusterSpec { Name = "prod", Account = Account, Region = Home },
            Pool = new NodePoolSpec { Cluster = "prod", Name = "workers", Groups = ["workers"] },
            Target = new RotationTarget { ImageId = wanted.Copies[0].ImageId },
        };
        var run = await _stage.Store.CreateAsync(new Run { Id = "run-7", Kind = RotationSpec.Kind, Cluster = "prod", Pool = "workers", Spec = RotationJson.Write(spec), State = "{}", Created = _stage.Now, Updated = _stage.Now }, CancellationToken.None);

        var kept = (await _stage.SweepAsync()).Single(outcome => outcome.Verdict.Image.Key == wanted.Key).Verdict;
        kept.Reasons.ShouldContain(reason => reason.Sentence.Contains("run run-7 in eu-central-1 needs"));
        await _stage.SweepForAsync(20);
        _stage.Writes(wanted).ShouldBeEmpty();

        var lease = await _stage.Store.AcquireLeaseAsync(run.Id, "test", TimeSpan.FromMinutes(1), _stage.Now, CancellationToken.None);
        await _stage.Store.CommitAsync(new RunCommit { Run = run with { Phase = RunPhase.Cancelled }, Fencing = lease.Fencing }, CancellationToken.None);
        await _stage.SweepForAsync(20);
        _stage.States(wanted).ShouldBe(["deregistered", "deregistered"]);
    }

    [Theory]
    [InlineData("/golden/worker")]
    [InlineData("arn:aws:ssm:eu-central-1:123456789012:parameter/golden/worker")]
    [InlineData("/golden/worker:blessed")]
    [InlineData("golden-worker")]
    public async Task What_a_parameter_holds_that_a_pool_takes_its_image_from_stays(string parameter)
    {
        var (held, old, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(90), await _stage.MadeAsync(30));
        new CloudApi(_stage.World, "admin").PutParameter(parameter.Contains('/') ? "/golden/worker" : parameter, held.Copies[0].ImageId, "String", overwrite: false);
        await _stage.Store.ApplyAsync(
            [new ClusterSpec { Name = "prod", Account = Account, Region = Home }], [new NodePoolSpec { Cluster = "prod", Name = "workers", Groups = ["workers"], Image = new ImageSource { Parameter = parameter } }], CancellationToken.None);

        await _stage.SweepForAsync(20);

        _stage.Writes(held).ShouldBeEmpty();
        _stage.States(old).ShouldBe(["deregistered", "deregistered"]);
    }

    [Theory]
    [InlineData(ImageChannel.Stable)]
    [InlineData(ImageChannel.Candidate)]
    public async Task What_a_pool_takes_by_recipe_in_its_region_stays_though_newer_ones_are_elsewhere(ImageChannel channel)
    {
        var (older, taken) = (await _stage.MadeAsync(100), await _stage.MadeAsync(90));
        _stage.Into = [Home];
        await _stage.MadeAsync(30);
        await DeclareAwayAsync(channel);

        await _stage.SweepForAsync(20);

        _stage.Writes(taken).ShouldBeEmpty();
        _stage.States(older).ShouldBe(["deregistered", "deregistered"], "the pool takes a newer one");
    }

    [Fact]
    public async Task A_pool_by_recipe_that_finds_all_in_its_region_on_their_way_out_has_the_newest_back()
    {
        var (older, taken) = (await _stage.MadeAsync(100), await _stage.MadeAsync(90));
        _stage.Into = [Home];
        await _stage.MadeAsync(30);
        await _stage.SweepForAsync(9);
        _stage.States(taken).ShouldBe(["disabled", "disabled"]);

        await DeclareAwayAsync(ImageChannel.Stable);
        await _stage.SweepForAsync(10);

        (await _stage.RecordAsync(taken)).State.ShouldBe(ImageState.Stable);
        _stage.States(taken).ShouldBe(["available", "available"]);
        _stage.States(older).ShouldBe(["deregistered", "deregistered"]);
    }

    [Fact]
    public async Task A_refusal_says_what_would_cure_it_and_the_next_sweep_goes_on()
    {
        var (old, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));
        await _stage.SweepForAsync(14);
        _stage.World.Faults.Deny("DeleteSnapshot");

        var outcome = (await _stage.SweepAsync()).Single(outcome => outcome.Verdict.Image.Key == old.Key);

        outcome.Done.ShouldBeFalse();
        outcome.Failure.ShouldNotBeNull().ShouldSatisfyAllConditions(reason => reason.Sentence.ShouldContain("ec2:DeleteSnapshot"), reason => reason.Cure.ShouldBe("grant ec2:DeleteSnapshot (infra/terraform/image-policy)"));
        (await _stage.RecordAsync(old)).State.ShouldBe(ImageState.Disabled);
        _stage.World.Faults.Clear();
        await _stage.SweepForAsync(1);
        (await _stage.RecordAsync(old)).State.ShouldBe(ImageState.Retired);
        _stage.Snapshots().ShouldBe(2);
    }

    [Fact]
    public async Task What_was_enabled_by_hand_is_not_removed_before_it_was_disabled_for_the_days_again()
    {
        var (old, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));
        await _stage.SweepForAsync(14);
        new CloudApi(_stage.World, "admin").EnableImage(old.Copies[0].ImageId);

        await _stage.SweepForAsync(7);
        _stage.States(old).ShouldBe(["disabled", "disabled"]);

        await _stage.SweepForAsync(1);
        _stage.States(old).ShouldBe(["deregistered", "deregistered"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sweep_that_is_killed_at_any_call_is_finished_by_the_next_one(bool applied)
    {
        for (var kill = 1; ; kill++)
        {
            var stage = new RetirementStage();
            var (old, used, newest) = (await stage.MadeAsync(100), await stage.MadeAsync(90), await stage.MadeAsync(30));
            Use(stage.World, used.Copies[0].ImageId);
            var (killed, writes) = (false, 0);
            bool Falls(string caller, bool write) => write && caller == "fleet" && ++writes == kill && (killed = true);
            stage.World.Faults.Add(call => !applied && Falls(call.Caller, call.Writes) ? throw new KilledException() : null);
            stage.World.Log.Recorded += call => _ = applied && Falls(call.Caller, call.Writes && call.Applied) ? throw new KilledException() : call;

            for (var day = 0; day < 17; day++)
            {
                await Record.ExceptionAsync(stage.SweepAsync);
                stage.Pass(TimeSpan.FromDays(1));
            }

            var subject = $"killed at write {kill}";
            (await stage.RecordAsync(old)).State.ShouldBe(ImageState.Retired, subject);
            stage.States(old).ShouldBe(["deregistered", "deregistered"], subject);
            stage.Snapshots().ShouldBe(4, subject);
            stage.States(used).Concat(stage.States(newest)).ShouldAllBe(state => state == "available", subject);
            stage.Writes(used).Concat(stage.Writes(newest)).ShouldBeEmpty(subject);
            if (!killed)
            {
                kill.ShouldBeGreaterThan(8, "every write was killed once");
                return;
            }
        }
    }

    [Fact]
    public async Task A_way_back_that_is_killed_at_any_call_is_gone_to_its_end_by_the_next_sweeps()
    {
        for (var kill = 1; ; kill++)
        {
            var stage = new RetirementStage();
            var (old, _) = (await stage.MadeAsync(100), await stage.MadeAsync(30));
            var (killed, writes) = (false, 0);
            stage.World.Log.Recorded += call =>
            {
                if (call is { Writes: true, Applied: true, Caller: "fleet" } && ++writes == kill)
                {
                    killed = true;
                    throw new KilledException();
                }
            };
            for (var day = 0; day < 14; day++)
            {
                if (day == 8)
                {
                    Use(stage.World, old.Copies[0].ImageId);
                }

                await Record.ExceptionAsync(stage.SweepAsync);
                stage.Pass(TimeSpan.FromDays(1));
            }

            var subject = $"killed at write {kill}";
            (await stage.RecordAsync(old)).State.ShouldBe(ImageState.Stable, subject);
            stage.States(old).ShouldBe(["available", "available"], subject);
            stage.Deprecations(old).ShouldBe([null, null], subject);
            if (!killed)
            {
                kill.ShouldBeGreaterThan(8, "every write was killed once");
                return;
            }
        }
    }

    private Task DeclareAwayAsync(ImageChannel channel) => _stage.Store.ApplyAsync(
        [new ClusterSpec { Name = "prod", Account = Account, Region = Away }],
        [new NodePoolSpec { Cluster = "prod", Name = "workers", Groups = ["workers"], Image = new ImageSource { Recipe = "worker", Channel = channel } }],
        CancellationToken.None);

    private sealed class KilledException : Exception;
}
