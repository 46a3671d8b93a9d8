using System.Runtime.CompilerServices;

namespace Fleet.Aws.Tests.Servers;

/// <summary>Where moto 5.2 is not as AWS is: the fact, why it does not hold there, and what shows it. A row that no longer holds is a failure, so that the table stays true; another server is held to every fact.</summary>
internal static class MotoDeviations
{
    private const string Broken = "Internal Server Error";
    private const string Accepted = "did not";

    private static readonly Dictionary<string, (string Why, string Shows)> Table = new()
    {
        ["A_new_version_differs_from_its_source_in_the_image_alone"] = ("it ignores SourceVersion: a version holds what the request names and nothing else", "\"{}\""),
        ["The_same_token_gives_the_same_version"] = ("it ignores ClientToken: a repeated request writes another version", "3L"),
        ["An_image_given_as_a_parameter_is_resolved"] = ("it ignores ResolveAlias", "resolve:ssm:"),
        ["A_pin_to_a_version_that_does_not_exist_is_refused"] = ("it takes any version for a group", Accepted),
        ["An_inspection_finds_nothing_at_a_plain_group"] = ("it does not have DescribeInstanceRefreshes", Broken),
        ["Desired_above_max_is_refused"] = ("it does not hold desired against max", Accepted),
        ["A_termination_with_decrement_below_min_is_refused"] = ("it does not hold desired against min", Accepted),
        ["A_termination_without_decrement_keeps_desired_and_may_be_repeated"] = ("it breaks at an instance that has left its group", Broken),
        ["An_instance_that_nobody_knows_is_terminated_already"] = ("it breaks at an instance that it does not know", Broken),
        ["The_same_token_gives_the_same_copy"] = ("it ignores ClientToken: a repeated request makes another copy", "should be"),
        ["An_image_is_deprecated_and_that_is_taken_back"] = ("it does not have EnableImageDeprecation", Broken),
        ["An_image_is_disabled_and_enabled_however_often_it_is_asked_for"] = ("it does not have DisableImage", Broken),
        ["Activities_tell_of_every_launch_newest_first"] = ("it keeps no scaling activities", "0"),
    };

    /// <summary>Holds the server to a fact, or moto to its deviation from it.</summary>
    public static async Task HoldAsync(CloudServer server, Func<Task> fact, [CallerMemberName] string name = "")
    {
        if (!server.IsMoto)
        {
            await fact();
            return;
        }

        var (why, shows) = Table[name];
        var failure = await Record.ExceptionAsync(fact);
        failure.ShouldNotBeNull($"moto is as AWS is here; take out the row '{why}'").Message.ShouldContain(shows, Case.Sensitive, why);
    }
}
