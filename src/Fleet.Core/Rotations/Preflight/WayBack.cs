using System.Collections.Immutable;
using System.Globalization;
using Fleet.Core.Runs;
using static Fleet.Core.Rotations.Preflight.PreflightReasons;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>Whether the pool can go back to what its last successful rotation gave it: every group to its version, which must exist yet with an image that is available yet.</summary>
internal sealed class WayBack(RotationPorts ports, RotationRequest request, TargetChecks target, List<Reason> problems)
{
    public async Task<RotationTarget?> FindAsync(IReadOnlyList<ScalingGroup> groups, IReadOnlyDictionary<string, string> remembered, CancellationToken cancellationToken)
    {
        var pool = $"pool {request.Pool.Cluster}/{request.Pool.Name}";
        const string Cure = "name a target: --template-version, --image or --recipe";
        if (remembered.Count == 0)
        {
            problems.Add(Refusal("no-last-good", pool, $"{pool} has no last good template version: no rotation of it has succeeded yet", "a rotation that succeeded", "none", Cure));
            return null;
        }

        var versions = ImmutableSortedDictionary<string, long>.Empty;
        foreach (var group in groups)
        {
            if (!remembered.TryGetValue(group.Name, out var good) || good.Split(':') is not [var template, var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                problems.Add(Refusal("no-last-good", $"group {group.Name}", $"group {group.Name} has no last good template version: it was not in the pool when a rotation last succeeded", "a version that the last successful rotation gave it", "none", Cure));
            }
            else if (template != group.TemplateId)
            {
                problems.Add(Refusal("last-good-elsewhere", $"group {group.Name}", $"group {group.Name} uses launch template {group.TemplateId ?? "none"}; its last good version is {number} of {template}", template, group.TemplateId ?? "none", Cure));
            }
            else if (await ports.Templates.VersionAsync(template, text, cancellationToken).ConfigureAwait(false) is not { } version)
            {
                problems.Add(Refusal("template-version-missing", $"launch template {template}", $"the last good version of group {group.Name}, {number} of launch template {template}, does not exist any more", null, text, Cure));
            }
            else
            {
                await target.FitsAsync(version.ResolvedImageId ?? "", [version], cancellationToken).ConfigureAwait(false);
                versions = versions.SetItem(group.Name, number);
            }
        }

        return problems.Count == 0 ? new RotationTarget { LastGood = versions } : null;
    }
}
