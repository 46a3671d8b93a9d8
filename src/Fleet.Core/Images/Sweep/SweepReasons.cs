using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Core.Images.Sweep;

/// <summary>Why an image stays, or what comes next for it.</summary>
internal static class SweepReasons
{
    public static Reason Used(ImageRecord image, ImageUse use) => Of(
        image, "image-in-use", $"{Kind(use.Kind)} {use.Subject} in {use.Region} needs {use.ImageId}", $"{Kind(use.Kind)} {use.Subject}", use.Kind switch
        {
            ImageUseKind.TemplateVersion => "delete the template version, if no group goes back to it",
            ImageUseKind.Instance or ImageUseKind.WarmPool or ImageUseKind.Group => "rotate its pool to a newer image",
            ImageUseKind.Run => "wait for the run, or cancel it",
            _ => "point it at a newer image",
        });

    public static Reason Building(ImageRecord image) => Of(image, "image-building", $"run {image.Run} is making it", $"run {image.Run}", "wait for the run, or cancel it");

    public static Reason Newest(ImageRecord image) => Of(image, "image-newest", $"it is the newest stable version of recipe {image.Recipe} for Kubernetes {image.KubernetesMinor}", $"recipe {image.Recipe}", "promote a newer version");

    public static Reason Candidate(ImageRecord image) => Of(image, "image-candidate", "it waits for its promotion", $"recipe {image.Recipe}", $"promote it: fleet images promote {image.Key}");

    public static Reason Kept(ImageRecord image, int keep) => Of(image, "image-retained", $"it is one of the newest {keep} versions for Kubernetes {image.KubernetesMinor}", $"recipe {image.Recipe}", "lower retention.keep, or build newer versions") with { Limit = $"keep {keep}" };

    public static Reason Rollback(ImageRecord image, DateTimeOffset superseded, TimeSpan window) => Of(
        image, "image-rollback", $"another took its place at {superseded:yyyy-MM-dd HH:mm}, and pools may go back to it until {superseded + window:yyyy-MM-dd HH:mm}", $"recipe {image.Recipe}", "wait, or lower retention.rollbackWindow") with
    { Limit = $"rollbackWindow {Durations.FormatAge(window)}" };

    public static Reason Parent(ImageRecord image, ImageRecord derived) => Of(image, "image-parent", $"{derived.Key} was made from it and stays", $"image {derived.Key}", "it goes after the images that were made from it");

    public static Reason Unread(ImageRecord image, UnreadPlace place) => Of(
        image, "account-unread", $"account {place.Account}{(place.Region is null ? "" : $" in {place.Region}")} could not be read: {place.Why}", $"account {place.Account}", "give Fleet a role there, or stop sharing the image with it");

    public static Reason NoRecipe(ImageRecord image) => Of(image, "recipe-unknown", $"recipe {image.Recipe} is not declared, and with it how long its images are kept", $"recipe {image.Recipe}", "declare the recipe again to have its images retired");

    public static Reason NotMarked(ImageRecord image, SeenImage seen) => Of(
        image, "not-marked", $"{seen.Id} in {seen.Region} does not bear the tags fleet:recipe={image.Recipe} and fleet:version={image.Version}", $"image {seen.Id}", "put the tags back if the image is Fleet's; what is not marked is never removed");

    public static Reason Waits(ImageRecord image, string next, DateTimeOffset at) => Of(image, "image-waits", $"nothing needs it; it is {image.State.ToString().ToLowerInvariant()} and will be {next} from {at:yyyy-MM-dd HH:mm} on", $"recipe {image.Recipe}", "wait");

    public static Reason Goes(ImageRecord image) => Of(image, "image-unneeded", "nothing needs it", $"recipe {image.Recipe}", "point a pool at it to keep it");

    private static Reason Of(ImageRecord image, string code, string sentence, string about, string cure) => new() { Code = code, Sentence = $"{image.Key}: {sentence}", Object = about, Cure = cure };

    private static string Kind(ImageUseKind kind) => kind switch
    {
        ImageUseKind.TemplateVersion => "launch template",
        ImageUseKind.Instance => "instance",
        ImageUseKind.Group => "Auto Scaling group",
        ImageUseKind.WarmPool => "warm pool instance",
        ImageUseKind.Parameter => "parameter",
        ImageUseKind.Pool => "node pool",
        ImageUseKind.Run => "run",
        _ => "recipe",
    };
}
