using System.Diagnostics;
using Fleet.Core.Access;
using Fleet.Core.Runs;
using Fleet.Service.Runs;

namespace Fleet.Service.Images;

/// <summary>Begins runs over images, which belong to no cluster.</summary>
internal static class ImageRuns
{
    /// <summary>Begins a run, or finds what the same order began before.</summary>
    /// <param name="options">Where it is recorded.</param>
    /// <param name="supervisor">What drives it.</param>
    /// <param name="key">The caller's own key; null for none.</param>
    /// <param name="digest">Digest of the order.</param>
    /// <param name="startedBy">Who asks.</param>
    /// <param name="whenUnderWay">What becomes of it where another is under way.</param>
    /// <param name="prepare">Checks the order and makes its run.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>The run, already recorded, and whether this order began it.</returns>
    public static async Task<(Run Run, bool Begun)> BeginAsync(
        ServiceOptions options, RunSupervisor supervisor, string? key, string digest, Caller startedBy, WhenUnderWay whenUnderWay, Func<CancellationToken, Task<Run>> prepare, CancellationToken cancellationToken) =>
        (await BeginIfNeededAsync(options, supervisor, key, digest, startedBy, whenUnderWay, async ending => await prepare(ending).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))!.Value;

    /// <summary>As the other, where the check shows that a run is needed: null else.</summary>
    public static async Task<(Run Run, bool Begun)?> BeginIfNeededAsync(
        ServiceOptions options, RunSupervisor supervisor, string? key, string digest, Caller startedBy, WhenUnderWay whenUnderWay, Func<CancellationToken, Task<Run?>> prepare, CancellationToken cancellationToken)
    {
        if (key is not null && await options.Runs.FindByKeyAsync(key, startedBy.Name, cancellationToken).ConfigureAwait(false) is { } first)
        {
            return first.OrderDigest == digest ? (first, false) : throw RunStarter.Reused(first);
        }

        try
        {
            if (await prepare(cancellationToken).ConfigureAwait(false) is not { } prepared)
            {
                return null;
            }

            var wanted = prepared with { Key = key, OrderDigest = key is null ? null : digest, Origin = Activity.Current?.Id };
            var run = await options.Runs.CreateAsync(wanted, whenUnderWay, cancellationToken).ConfigureAwait(false);
            supervisor.Look();
            return (run, run.Id == wanted.Id);
        }
        catch (RunUnderWayException other)
        {
            throw RunStarter.UnderWay(other.Run, other.Queued);
        }
        catch (RunKeyReusedException other)
        {
            throw RunStarter.Reused(other.Run);
        }
    }
}
