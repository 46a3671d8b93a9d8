using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations.Crash;
using Xunit.Abstractions;

namespace Fleet.Core.Tests.Builds;

/// <summary>A build whose driver is killed at every crossing: before and after each call, each record, each look. Another goes on; there is one image in the end, and nothing beside it.</summary>
public sealed class BuildCrashTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "Provisioning")]
    public async Task Killed_anywhere_it_comes_to_the_same_end(bool cleansUp, string? fails)
    {
        var counting = new CrashPoint(0);
        var calm = await new Workshop(fails: fails, point: counting).DriveAsync();
        output.WriteLine($"{counting.Crossings} points.");
        counting.Crossings.ShouldBeGreaterThan(40);

        var wrong = new List<string>();
        for (var point = 1; point <= counting.Crossings; point++)
        {
            var crash = new CrashPoint(point);
            var stage = new Workshop(fails: fails, point: crash);
            var run = await stage.DriveAsync(cleansUp);
            wrong.AddRange((await stage.WrongAsync(run)).Append(run.Phase == calm.Phase ? null : $"it ended as {run.Phase}").Append(cleansUp && stage.World.Groups.Count > 0 ? "a group is left" : null).OfType<string>().Select(what => $"killed {crash.Where} (point {point}): {what}"));
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Killed_while_it_is_cancelled_it_leaves_nothing()
    {
        for (var point = 1; point <= 120; point += 1)
        {
            var crash = new CrashPoint(point);
            var stage = new Workshop(point: crash);
            var asked = false;
            var run = await stage.DriveAsync(look: async (at, now) =>
            {
                if (!asked && at.World.Instances.Count > 0)
                {
                    asked = true;
                    await at.Store.RequestAsync(now.Id, RunRequest.Cancel, CancellationToken.None);
                }
            });
            (await stage.WrongAsync(run)).ShouldBeEmpty($"killed {crash.Where} (point {point})");
        }
    }
}
