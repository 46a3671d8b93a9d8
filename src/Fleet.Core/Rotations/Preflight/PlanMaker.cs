using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Core.Templates;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>Makes the plan of a rotation that may start.</summary>
internal static class PlanMaker
{
    private const int WatchedKinds = 11;
    private const int MarksPerNode = 4;

    public static async Task<RotationPlan> MakeAsync(RotationPorts ports, RotationSpec spec, RotationRequest request, ClusterView view, IReadOnlyList<ScalingGroup> groups, IReadOnlyDictionary<string, TemplateVersion> versions, CancellationToken cancellationToken)
    {
        var instances = groups.SelectMany(group => group.Instances.Where(instance => instance.InService || instance.Pending).Select(instance => (Group: group, Instance: instance))).ToList();
        var facts = (await ports.Instances.DescribeAsync([.. instances.Select(member => member.Instance.Id)], cancellationToken).ConfigureAwait(false)).ToImmutableDictionary(fact => fact.Id);
        var nodes = view.Nodes.Values.Where(node => node.InstanceId is not null).GroupBy(node => node.InstanceId!).ToDictionary(same => same.Key, same => same.First());
        var tooOld = instances.Select(member => member.Instance.Id).Where(id => facts.TryGetValue(id, out var fact) && fact.Launched <= request.Now - request.OlderThan).ToImmutableArray();
        var wanted = groups.ToDictionary(group => group.Name, group => Wanted(spec.Target, group, versions[group.Name]));
        var outdated = instances.Where(member => tooOld.Contains(member.Instance.Id) || IsOutdated(spec.Target, member.Group, member.Instance, wanted[member.Group.Name], versions, facts)).ToList();
        var round = new DrainRound(view, spec.Pool.Rotation);

        var ordered = outdated
            .Select(member => (member.Group, member.Instance, Node: nodes.GetValueOrDefault(member.Instance.Id)))
            .OrderBy(member => IsLast(round, member.Node) ? 2 : member.Node is { Ready: true } ? 1 : 0)
            .ThenBy(member => member.Node is null ? TimeSpan.Zero : round.Of(member.Node.Name).LongestGrace)
            .ThenBy(member => member.Node?.Name ?? member.Instance.Id, StringComparer.Ordinal)
            .ToList();
        var preview = DrainPreview.Of(round, ordered.Select(member => member.Node?.Name).OfType<string>());
        var forecast = Forecaster.Of(spec.Pool.Rotation, instances.Count, round, [.. ordered.Select(member => member.Node)], preview.Budgets, facts);
        var planned = ordered.Select((member, index) => new PlannedNode(
            index + 1,
            member.Node?.Name,
            member.Instance.Id,
            member.Group.Name,
            member.Instance.Zone,
            facts.GetValueOrDefault(member.Instance.Id)?.ImageId ?? "unknown",
            member.Node is null ? 0 : round.Of(member.Node.Name).Movable.Count(),
            Remark(round, member.Node, index, tooOld.Contains(member.Instance.Id) ? request.OlderThan : null))).ToImmutableArray();
        return new RotationPlan
        {
            Total = instances.Count,
            Nodes = planned,
            TooOld = tooOld,
            Changes = outdated.Count == 0 ? [] : [.. groups.SelectMany(group => Changes(spec, group, versions[group.Name], instances.Count))],
            Versions = outdated.Count == 0 ? [] : await VersionsAsync(ports, spec.Target, groups, versions, cancellationToken).ConfigureAwait(false),
            Surge = spec.Pool.Rotation.SurgeFor(instances.Count),
            Unavailable = spec.Pool.Rotation.UnavailableFor(instances.Count),
            Drains = preview,
            AwsCalls = outdated.Count == 0 ? 0 : (2 * outdated.Count) + (outdated.Count / 2) + (12 * groups.Count),
            KubernetesCalls = KubernetesCalls(planned, forecast.Expected),
            Forecast = forecast,
        };
    }

    /// <summary>A list and a watch of each kind, the marks and the end of each node, an eviction of each pod, and the renewals of the pool's lease.</summary>
    private static int KubernetesCalls(ImmutableArray<PlannedNode> nodes, TimeSpan expected) =>
        nodes.IsEmpty ? 0 : (2 * WatchedKinds) + (MarksPerNode * nodes.Length) + nodes.Sum(node => node.Pods) + (2 * (int)Math.Ceiling(expected / RotationObserver.LockRenewal));

    /// <summary>The version that a group's instances shall have; null where it is not written yet.</summary>
    private static long? Wanted(RotationTarget target, ScalingGroup group, TemplateVersion current) =>
        target.VersionOf(group.Name) ?? (TemplateComparison.Has(current, target.Changes!) ? current.Number : null);

    private static bool IsOutdated(RotationTarget target, ScalingGroup group, GroupInstance instance, long? wanted, IReadOnlyDictionary<string, TemplateVersion> versions, ImmutableDictionary<string, InstanceFacts> facts)
    {
        var image = target.ImageId ?? versions[group.Name].ResolvedImageId;
        return instance.TemplateId != group.TemplateId
            || wanted is null || instance.TemplateVersion != wanted
            || (!target.Exists && facts.TryGetValue(instance.Id, out var fact) && fact.ImageId != image);
    }

    /// <summary>The versions that groups will have instead of theirs: groups that share a template share the new one.</summary>
    private static async Task<ImmutableArray<PlannedVersion>> VersionsAsync(RotationPorts ports, RotationTarget target, IReadOnlyList<ScalingGroup> groups, IReadOnlyDictionary<string, TemplateVersion> versions, CancellationToken cancellationToken)
    {
        var planned = ImmutableArray.CreateBuilder<PlannedVersion>();
        foreach (var same in groups.GroupBy(group => (versions[group.Name].TemplateId, versions[group.Name].Number, Wanted: Wanted(target, group, versions[group.Name]))).Where(same => same.Key.Wanted != same.Key.Number))
        {
            var source = versions[same.First().Name];
            var existing = same.Key.Wanted is { } number ? await ports.Templates.VersionAsync(source.TemplateId, $"{number}", cancellationToken).ConfigureAwait(false) : null;
            if (existing is not null || target.Changes is not null)
            {
                planned.Add(new(source.TemplateId, source.Number, existing?.Number, [.. same.Select(group => group.Name)], existing is not null ? TemplateDifferences.Of(source, existing) : TemplateDifferences.Of(source, target.Changes!)));
            }
        }

        return planned.ToImmutable();
    }

    private static bool IsLast(DrainRound round, Node? node) =>
        node is not null && round.Of(node.Name).Pods.Any(pod => pod is { Pending: true, Verdict.Class: DrainClass.Last });

    private static string Remark(DrainRound round, Node? node, int index, TimeSpan? age)
    {
        var place = node is not { Ready: true } ? "not ready: goes first" : IsLast(round, node) ? "last: one at a time after all others" : index == 0 ? "canary" : "";
        return string.Join("; ", new[] { place, age is { } limit ? $"older than {Durations.FormatAge(limit)}" : "" }.Where(part => part.Length > 0));
    }

    private static IEnumerable<string> Changes(RotationSpec spec, ScalingGroup group, TemplateVersion version, int total)
    {
        yield return spec.Target.VersionOf(group.Name) is { } number
            ? $"{group.Name}: pin version {number} of {group.TemplateId} (now {group.TemplateVersion ?? "$Default"})"
            : TemplateComparison.Has(version, spec.Target.Changes!)
                ? $"{group.Name}: version {version.Number} of {group.TemplateId} has {spec.Target.ImageId}{(spec.Target.Changes!.IsImageAlone ? "" : " and all that is declared")} already"
                : $"{group.Name}: new version of {group.TemplateId} from version {version.Number} with {spec.Target.ImageId} (was {version.ResolvedImageId}){(spec.Target.Changes!.IsImageAlone ? "" : " and what the pool declares")}, pinned by number";
        var most = group.Desired + Math.Min(spec.Pool.Rotation.SurgeFor(total), group.Instances.Length);
        if (most > group.Max)
        {
            yield return $"{group.Name}: max raised from {group.Max} to at most {most} for the run";
        }

        if (group.Zones.Length > 1 && !group.Suspended.Contains("AZRebalance"))
        {
            yield return $"{group.Name}: AZRebalance suspended for the run";
        }

        var bare = group.Instances.Count(instance => instance is { InService: true, Protected: false });
        if (bare > 0 || !group.NewInstancesProtected)
        {
            yield return $"{group.Name}: scale-in protection for {bare} instances and new ones, lifted at the end";
        }
    }
}
