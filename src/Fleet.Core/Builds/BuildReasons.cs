using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds;

/// <summary>Why an image build waits or ends.</summary>
internal static class BuildReasons
{
    public static Reason Of(InputError error) => new() { Code = error.Code, Object = error.Field, Sentence = error.Message, Limit = error.Allowed, Value = error.Value };

    public static Reason Resolving(string recipe) => new() { Code = "build-resolving", Object = $"recipe {recipe}", Sentence = "base image and template are being looked for" };

    public static Reason Building(BuildSource source, string? step) => new()
    {
        Code = "build-under-way",
        Object = source.ImageName,
        Sentence = $"{source.ImageName} is being built{(step is null ? "" : $": {step}")}",
        Value = step,
    };

    public static Reason Clearing(string what) => new() { Code = "build-clearing", Object = what, Sentence = $"{what} of this run must be gone first", Cure = "Fleet removes it; nothing to do" };

    public static Reason Finishing(string image) => new() { Code = "build-finishing", Object = image, Sentence = $"instances of {image} are made to ask for tokens (IMDSv2)" };

    public static Reason Launching(string image) => new() { Code = "proof-launching", Object = image, Sentence = $"one instance of {image} is launched to prove it" };

    public static Reason Proving(string image, string instance, string what, int judged, int checks) => new()
    {
        Code = "proof-under-way",
        Object = image,
        Sentence = $"{image} is being proved on {instance}: {judged} of {checks} checks are judged; now {what}",
        Limit = $"{checks} checks",
        Value = $"{judged}",
    };

    public static Reason NotLaunched(string image, BuildFailure why, TimeSpan limit) => new()
    {
        Code = "proof-not-launched",
        Object = image,
        Sentence = $"no instance of {image} could be launched to prove it: {why.Message}",
        Limit = why.IsFinal ? null : $"tried for {limit.TotalMinutes} min",
        Value = why.Message,
        Cure = why.IsDenied ? Grant(why)
            : why.IsFinal ? "mend the recipe's proof (instanceProfile, instanceType, subnet, securityGroups), and build again"
            : "see whether the account has capacity and addresses for the recipe's proof (instanceType, subnet), or name others, and build again",
    };

    public static Reason NotProved(string image, string instance, BuildFailure why, TimeSpan limit) => new()
    {
        Code = "proof-refused",
        Object = instance,
        Sentence = $"{image} could not be proved on {instance}: {why.Message}",
        Limit = why.IsDenied ? null : $"tried for {limit.TotalMinutes} min",
        Value = why.Message,
        Cure = why.IsDenied ? Grant(why) : "see why Systems Manager does not answer, and build again",
    };

    private static string Grant(BuildFailure denied) => $"grant {denied.Action} and what it passes on (proof = true in infra/terraform/builder-policy), and build again";

    public static Reason InstanceGone(string image, string instance) => new()
    {
        Code = "proof-instance-gone",
        Object = instance,
        Sentence = $"{instance}, on which {image} was being proved, was stopped or ended by somebody else, or by itself",
        Cure = "see who ended it, and build again",
    };

    public static Reason Stopping(BuildSource source) => new() { Code = "build-stopping", Object = source.ImageName, Sentence = "the builder cleans up after itself" };

    public static Reason Failing(string what, string failure) => new() { Code = "build-call-failed", Object = what, Sentence = $"{failure}; it is tried again", Value = failure, Cure = "grant what is missing; Fleet goes on by itself" };

    public static Reason Failed(BuildSource source, string why) => new() { Code = "build-failed", Object = source.ImageName, Sentence = why, Cure = "mend the template or what it needs, and build again" };

    public static Reason NameTaken(BuildSource source, string id, string? run) => new()
    {
        Code = "image-name-taken",
        Object = source.ImageName,
        Sentence = $"{source.ImageName} is the name of {id} already, which {(run is null ? "bears no run's tag" : $"run {run} made")}",
        Value = id,
        Cure = $"deregister {id} if nobody needs it, or build with again, which gives another version",
    };

    public static Reason TooOften(BuildSource source, int attempts) => new()
    {
        Code = "build-broken-off",
        Object = source.ImageName,
        Sentence = $"the build was broken off {attempts} times, each time with the process that drove it",
        Limit = $"{attempts} attempts",
        Cure = "see why Fleet ends, and order the build again",
    };
}
