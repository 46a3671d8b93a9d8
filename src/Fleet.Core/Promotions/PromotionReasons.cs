using System.Globalization;
using Fleet.Core.Images;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Runs;

namespace Fleet.Core.Promotions;

/// <summary>Why a promotion waits or ends.</summary>
internal static class PromotionReasons
{
    public static Reason Unknown(PromotionSpec spec) => new()
    {
        Code = "image-unknown",
        Object = $"image {spec.Key}",
        Sentence = $"Fleet has no record of {spec.Key}",
        Cure = $"'fleet images list {spec.Recipe.Name}' shows the versions there are",
    };

    public static Reason Unfit(ImageRecord image) => new()
    {
        Code = "image-not-a-candidate",
        Object = $"image {image.Key}",
        Sentence = $"{image.Key} is {image.State.ToString().ToLowerInvariant()}, and a candidate alone becomes stable",
        Limit = "candidate, or stable already",
        Value = image.State.ToString().ToLowerInvariant(),
        Cure = "promote another version, or build one",
    };

    public static Reason NotInUse(PromotionSpec spec, IEnumerable<string> unread) => new()
    {
        Code = "promotion-soaks",
        Object = $"image {spec.Key}",
        Sentence = $"{spec.Key} must have been in use for {Span(spec.Recipe.PromoteAfter)}, and no instance runs it{Unread(unread)}",
        Limit = $"promotion.after {Span(spec.Recipe.PromoteAfter)}",
        Value = "not in use",
        Cure = "rotate a canary pool to it (image: {recipe, channel: candidate}); a security fix may skip the wait with an approval (skipSoak)",
    };

    public static Reason Soaking(PromotionSpec spec, DateTimeOffset since, DateTimeOffset until, IReadOnlyList<string> users) => new()
    {
        Code = "promotion-soaks",
        Object = $"image {spec.Key}",
        Sentence = $"{spec.Key} must have been in use for {Span(spec.Recipe.PromoteAfter)}: {users.Count} instance{(users.Count == 1 ? " runs" : "s run")} it, seen since {Instant(since)}; it is enough at {Instant(until)}",
        Limit = $"promotion.after {Span(spec.Recipe.PromoteAfter)}",
        Value = $"since {Instant(since)}",
        Cure = "wait; a security fix may skip the wait with an approval (skipSoak)",
    };

    public static Reason ApprovalNeeded(PromotionSpec spec, string run) => new()
    {
        Code = RequestRules.ApprovalNeeded,
        Object = $"image {spec.Key}",
        Sentence = spec.SkipSoak && spec.Recipe.PromoteAfter > TimeSpan.Zero
            ? $"{spec.Key} shall become stable without having been in use for {Span(spec.Recipe.PromoteAfter)}, which a person must approve"
            : $"recipe {spec.Recipe.Name} has a person approve what becomes stable (promotion.approval)",
        Cure = $"'fleet runs approve {run}', or cancel it",
    };

    public static Reason NameTaken(SeenImage image) => new()
    {
        Code = "image-name-taken",
        Object = $"image {image.Id} in {image.Region}",
        Sentence = $"{image.Name} in {image.Region} is {image.Id} already, whose tags are not those of this version",
        Value = image.Id,
        Cure = $"deregister {image.Id} in {image.Region} if nobody needs it, and promote again",
    };

    public static Reason CopyFailed(SeenImage image, string? key) => new()
    {
        Code = "image-copy-failed",
        Object = $"image {image.Id} in {image.Region}",
        Sentence = $"the copy {image.Id} in {image.Region} is {image.State}",
        Value = image.State,
        Cure = key is null ? "look at its state reason in Amazon EC2, and promote again" : $"see whether the recipe's role may use key {key} in {image.Region} (kms:CreateGrant, kms:GenerateDataKeyWithoutPlaintext, kms:ReEncrypt*), and promote again",
    };

    public static Reason Gone(ImageRecord image, string region) => new()
    {
        Code = "image-gone",
        Object = $"image {image.In(region)?.ImageId} in {region}",
        Sentence = $"{image.Key} is recorded as {image.In(region)?.ImageId} in {region}, which is not there, or cannot be launched from",
        Cure = "promote another version, or build this one again",
    };

    public static Reason Copying(IEnumerable<string> regions) => new()
    {
        Code = "image-copying",
        Object = string.Join(", ", regions),
        Sentence = $"the copies in {string.Join(", ", regions)} are not available yet",
        Cure = "Amazon EC2 copies them; nothing to do",
    };

    public static Reason Clearing(IEnumerable<string> regions) => new()
    {
        Code = "promotion-clearing",
        Object = string.Join(", ", regions),
        Sentence = $"the copies that this run made in {string.Join(", ", regions)} must be gone first",
        Cure = "Fleet removes them; nothing to do",
    };

    public static Reason Failing(string failure) => new() { Code = "promotion-call-failed", Object = "run", Sentence = $"{failure}; it is tried again", Value = failure, Cure = "grant what is missing (infra/terraform/image-policy); Fleet goes on by itself" };

    private static string Unread(IEnumerable<string> unread) => string.Concat(unread.Select(place => $"; {place}"));

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => span.TotalDays >= 1 && span.Ticks % TimeSpan.TicksPerDay == 0 ? $"{(int)span.TotalDays}d" : span.Ticks % TimeSpan.TicksPerHour == 0 ? $"{(int)span.TotalHours}h" : $"{(int)span.TotalMinutes}m";
}
