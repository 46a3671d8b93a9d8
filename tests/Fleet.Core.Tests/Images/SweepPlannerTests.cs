using Fleet.Core.Images;
using Fleet.Core.Images.Sweep;
using static Fleet.Core.Tests.Images.SweepStage;

namespace Fleet.Core.Tests.Images;

/// <summary>What keeps an image, and how one goes that nothing keeps.</summary>
public class SweepPlannerTests
{
    private static readonly ImageRecord Old = Image(100);
    private static readonly ImageRecord Newest = Image(30);

    [Fact]
    public void An_image_that_nothing_needs_is_deprecated_then_disabled_then_deregistered_each_after_its_days()
    {
        Step(Old, Now).ShouldBe(SweepStep.Deprecate);

        var deprecated = Old with { State = ImageState.Deprecated, Changed = Now };
        Step(deprecated, Now.AddDays(7).AddSeconds(-1)).ShouldBe(SweepStep.Stay);
        Step(deprecated, Now.AddDays(7)).ShouldBe(SweepStep.Disable);

        var disabled = Old with { State = ImageState.Disabled, Changed = Now };
        Step(disabled, Now.AddDays(7).AddSeconds(-1)).ShouldBe(SweepStep.Stay);
        Step(disabled, Now.AddDays(7)).ShouldBe(SweepStep.Deregister);

        static SweepStep Step(ImageRecord image, DateTimeOffset now) => Verdict(Observed([Recipe()], image, Newest), image, now).Step;
    }

    [Fact]
    public void What_waits_says_what_is_next_and_when()
    {
        var deprecated = Old with { State = ImageState.Deprecated, Changed = Now };

        var reason = Verdict(Observed([Recipe()], deprecated, Newest), deprecated, Now).Reasons.ShouldHaveSingleItem();

        reason.Sentence.ShouldBe($"{Old.Key}: nothing needs it; it is deprecated and will be disabled from 2026-06-08 12:00 on");
    }

    [Theory]
    [InlineData(ImageUseKind.TemplateVersion, "lt-0123 version 7")]
    [InlineData(ImageUseKind.Instance, "i-0123")]
    [InlineData(ImageUseKind.Group, "workers")]
    [InlineData(ImageUseKind.WarmPool, "i-0456")]
    [InlineData(ImageUseKind.Parameter, "/team/image")]
    [InlineData(ImageUseKind.Pool, "prod/workers")]
    [InlineData(ImageUseKind.Recipe, "spark")]
    public void What_is_in_use_stays_and_says_by_what(ImageUseKind kind, string subject)
    {
        var verdict = Verdict(Observed([Recipe()], Old, Newest) with { Uses = [Use(Old, kind, subject)] }, Old);

        verdict.Step.ShouldBe(SweepStep.Stay);
        verdict.Reasons.ShouldHaveSingleItem().Sentence.ShouldContain(subject);
        verdict.Reasons[0].Cure.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_use_of_the_same_id_in_another_region_is_none() =>
        Verdict(Observed([Recipe()], Old, Newest) with { Uses = [Use(Old, ImageUseKind.Instance, "i-1") with { Region = "us-east-1" }] }, Old).Step.ShouldBe(SweepStep.Deprecate);

    [Fact]
    public void The_newest_stable_version_stays_even_where_a_candidate_is_newer()
    {
        var candidate = Image(1) with { State = ImageState.Candidate, Promoted = null };

        Codes(Observed([Recipe()], Newest, candidate), Newest).ShouldContain("image-newest");
        Codes(Observed([Recipe()], Newest, candidate), candidate).ShouldContain("image-candidate");
    }

    [Fact]
    public void A_candidate_that_was_passed_over_is_kept_by_the_retention_alone()
    {
        var candidate = Image(60) with { State = ImageState.Candidate, Promoted = null };

        Verdict(Observed([Recipe()], candidate, Newest), candidate).Step.ShouldBe(SweepStep.Deprecate);
        Codes(Observed([Recipe(keep: 2)], candidate, Newest), candidate).ShouldBe(["image-retained"]);
    }

    [Fact]
    public void Pools_can_go_back_within_the_rollback_window()
    {
        var newest = Newest with { Promoted = Now.AddDays(-13) };

        Codes(Observed([Recipe()], Old, newest), Old).ShouldBe(["image-rollback"]);
        Verdict(Observed([Recipe()], Old, newest), Old, Now.AddDays(1)).Step.ShouldBe(SweepStep.Deprecate);
    }

    [Fact]
    public void Each_minor_of_Kubernetes_keeps_its_own()
    {
        var other = Old with { KubernetesVersion = "1.32.9" };

        Codes(Observed([Recipe()], other, Newest), other).ShouldContain("image-newest");
    }

    [Fact]
    public void What_an_image_that_stays_was_made_from_stays_however_far_up()
    {
        var spark = Image(90, "spark", new(Old.Recipe, Old.Version));
        var gpu = Image(80, "gpu", new(spark.Recipe, spark.Version));
        var seen = Observed([Recipe(), Recipe("spark"), Recipe("gpu")], Old, Newest, spark, Image(20, "spark"), gpu, Image(16, "gpu")) with { Uses = [Use(gpu, ImageUseKind.Instance, "i-1")] };

        Codes(seen, spark).ShouldBe(["image-parent"]);
        Codes(seen, Old).ShouldBe(["image-parent"]);
        Verdict(seen with { Uses = [] }, Old).Step.ShouldBe(SweepStep.Deprecate);
    }

    [Fact]
    public void What_cannot_be_read_is_taken_for_a_use()
    {
        var shared = Old with { SharedWith = ["210987654321"] };
        var seen = Observed([Recipe()], shared, Newest);

        Codes(seen with { Unread = [new("210987654321", null, "no role")] }, shared).ShouldBe(["account-unread"]);
        Codes(seen with { Unread = [new(Account, Region, "AccessDenied")] }, shared).ShouldBe(["account-unread"]);
        Verdict(seen with { Unread = [new(Account, "us-east-1", "AccessDenied"), new("999999999999", null, "no role")] }, shared).Step.ShouldBe(SweepStep.Deprecate);
    }

    [Fact]
    public void What_does_not_bear_Fleets_marks_is_never_touched()
    {
        var seen = Observed([Recipe()], Old, Newest);

        Codes(seen with { Seen = [.. seen.Seen.Select(image => image with { Version = null })] }, Old).ShouldBe(["not-marked"]);
        Codes(seen with { Seen = [.. seen.Seen.Select(image => image with { Recipe = "another" })] }, Old).ShouldBe(["not-marked"]);
        Codes(seen with { Seen = [.. seen.Seen.Select(image => image with { Account = "210987654321" })] }, Old).ShouldBe(["not-marked"]);
    }

    [Fact]
    public void Images_of_a_recipe_that_is_gone_stay_until_somebody_says_how_long() => Codes(Observed([], Old, Newest), Old).ShouldBe(["recipe-unknown"]);

    [Theory]
    [InlineData(ImageState.Deprecated)]
    [InlineData(ImageState.Disabled)]
    public void What_is_needed_again_comes_back(ImageState state)
    {
        var image = Old with { State = state };

        Verdict(Observed([Recipe()], image, Newest) with { Uses = [Use(image, ImageUseKind.TemplateVersion, "lt-1 version 2")] }, image).Step.ShouldBe(SweepStep.Restore);
    }

    [Fact]
    public void What_is_being_built_stays_and_what_was_rejected_goes_at_once_unless_its_instance_is_kept()
    {
        var building = Old with { State = ImageState.Building };
        var rejected = Old with { State = ImageState.Rejected };

        Codes(Observed([Recipe()], building, Newest), building).ShouldBe(["image-building"]);
        Verdict(Observed([Recipe()], rejected, Newest), rejected).Step.ShouldBe(SweepStep.Deregister);
        Verdict(Observed([Recipe()], rejected, Newest) with { Uses = [Use(rejected, ImageUseKind.Instance, "i-proof")] }, rejected).Step.ShouldBe(SweepStep.Stay);
    }

    private static ImageVerdict Verdict(SweepObservation seen, ImageRecord image, DateTimeOffset? now = null) => SweepPlanner.Decide(seen, now ?? Now).Single(verdict => verdict.Image.Key == image.Key);

    private static IEnumerable<string> Codes(SweepObservation seen, ImageRecord image)
    {
        var verdict = Verdict(seen, image);
        verdict.Step.ShouldBe(SweepStep.Stay);
        return verdict.Reasons.Select(reason => reason.Code);
    }
}
