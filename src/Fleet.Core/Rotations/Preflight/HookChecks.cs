using System.Collections.Immutable;
using Fleet.Core.Hooks;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using static Fleet.Core.Rotations.Preflight.PreflightReasons;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>Whether the hooks that a pool names are there and answer.</summary>
internal static class HookChecks
{
    /// <summary>Asks each what its place holds.</summary>
    /// <returns>The answers by hook; those that fail are among the problems.</returns>
    public static async Task<ImmutableSortedDictionary<string, string>> ReadAsync(IHooks hooks, NodePoolSpec pool, List<Reason> problems, CancellationToken cancellationToken)
    {
        var values = ImmutableSortedDictionary<string, string>.Empty;
        foreach (var name in pool.Hooks)
        {
            if (!hooks.Names.Contains(name))
            {
                var known = hooks.Names.Count == 0 ? "none are settled" : string.Join(", ", hooks.Names.Order(StringComparer.Ordinal));
                problems.Add(Refusal(HookFailedException.Unknown, $"pool {pool.Cluster}/{pool.Name}", $"spec.hooks names '{name}', which is no hook of the settings{NearestNames.Hint(name, hooks.Names)}", known, name, "name it under hooks in the settings (fleet serve --settings, fleet rotate --settings), or take it out of the pool"));
                continue;
            }

            try
            {
                values = values.SetItem(name, await hooks.ReadAsync(new HookCall(name, pool.Cluster, pool.Name, ""), cancellationToken).ConfigureAwait(false));
            }
            catch (HookFailedException failed)
            {
                problems.Add(Refusal(failed.Code, $"hook {name}", $"hook {name} cannot tell what is written: {failed.Message}", null, null, "mend its command; nothing was changed"));
            }
        }

        return values;
    }

    /// <summary>What each will write, in words.</summary>
    public static IEnumerable<string> Changes(ImmutableSortedDictionary<string, string> values, RotationTarget target) => values.Select(hook =>
        hook.Value == target.ImageId
            ? $"hook {hook.Key}: {hook.Value} is written already"
            : $"hook {hook.Key}: writes {target.ImageId ?? "the version's image"} (was {(hook.Value.Length == 0 ? "nothing" : hook.Value)}); written back if the run ends before its canary has passed");
}
