using System.Globalization;
using Fleet.Core.Runs;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;

namespace Fleet.Core.Tests.Rotations.Crash;

/// <summary>How the world stands after a run, and what was done to it on the way.</summary>
internal sealed record Ending
{
    public required RunPhase Phase { get; init; }

    /// <summary>Sizes, suspended processes and protection of the groups, and the marks on nodes: what a run puts back in every case.</summary>
    public required string Settings { get; init; }

    /// <summary>Pinned versions, and the instances' images.</summary>
    public required string Images { get; init; }

    public required int OpenEntries { get; init; }

    public required int Launches { get; init; }

    public required int Terminations { get; init; }

    public required int Versions { get; init; }

    public required int Evictions { get; init; }

    public required int PodsEvictedTwice { get; init; }

    public static Ending Of(World world, RunPhase phase, IEnumerable<LedgerEntry> ledger)
    {
        var (cloud, cluster) = (world.Cloud, world.Cluster);
        var groups = cloud.Groups.Values.OrderBy(group => group.Name, StringComparer.Ordinal).ToList();
        var settings = groups.Select(group => string.Create(
            CultureInfo.InvariantCulture,
            $"{group.Name} {group.Min}/{group.Desired}/{group.Max} [{string.Join(',', group.Suspended.Keys)}] {group.ProtectNew} {cloud.Members(group.Name).Count(instance => instance.Protected && instance.Lifecycle == LifecycleState.InService)} protected"));
        var images = groups.Select(group =>
            $"{group.Name} v{group.TemplateVersion} {string.Join(' ', cloud.Members(group.Name).Select(instance => $"{instance.ImageId}:{instance.Lifecycle}").Order(StringComparer.Ordinal))}");
        var marks = cluster.Nodes.Objects.Select(node => $"{(node.Unschedulable ? "cordoned" : "")} {string.Join(',', node.Taints.Select(taint => taint.Key))} {string.Join(',', node.Meta.Annotations.Keys.Concat(node.Meta.Labels.Keys).Where(key => key.StartsWith("fleet/", StringComparison.Ordinal) || key.Contains("exclude-from", StringComparison.Ordinal) || key.Contains("scale-down", StringComparison.Ordinal)))}".Trim());
        var evicted = world.Log.Records.Where(call => call is { Caller: "fleet", Verb: "create pods/eviction", Applied: true }).GroupBy(call => call.Subject).ToList();
        return new Ending
        {
            Phase = phase,
            Settings = string.Join('\n', settings.Concat(marks.Where(mark => mark.Length > 0).Order(StringComparer.Ordinal))),
            Images = string.Join('\n', images),
            OpenEntries = ledger.Count(entry => entry.Status == LedgerStatus.Open),
            Launches = cloud.Launches,
            Terminations = cloud.Terminations.Count,
            Versions = cloud.Templates.Values.Sum(template => template.Versions.Count),
            Evictions = evicted.Sum(pod => pod.Count()),
            PodsEvictedTwice = evicted.Count(pod => pod.Count() > 1),
        };
    }

    /// <summary>What is otherwise than in an undisturbed run.</summary>
    public IEnumerable<string> Beyond(Ending calm)
    {
        if (Phase != calm.Phase)
        {
            yield return $"the run is {Phase}";
        }

        if ((Settings, Images) != (calm.Settings, calm.Images))
        {
            yield return $"the world stands at\n{Settings}\n{Images}\nand not at\n{calm.Settings}\n{calm.Images}";
        }

        if (OpenEntries > 0)
        {
            yield return $"{OpenEntries} entries are open";
        }

        foreach (var (what, now, then) in ((string, int, int)[])
        [
            ("launches", Launches, calm.Launches), ("terminations", Terminations, calm.Terminations), ("template versions", Versions, calm.Versions),
            ("evictions", Evictions, calm.Evictions), ("pods evicted twice", PodsEvictedTwice, calm.PodsEvictedTwice),
        ])
        {
            if (now > then)
            {
                yield return $"{now} {what}, undisturbed {then}";
            }
        }
    }
}
