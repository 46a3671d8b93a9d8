using Fleet.Core.Rotations;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>Holds Fleet to what it has itself set on nodes: whatever it changes or removes there must be a mark that it put.</summary>
internal sealed class MarkRecord(RecordScope scope)
{
    private readonly HashSet<(string Uid, string Mark)> _own = [];

    internal void Observe(Change change)
    {
        if (change is not { Kind: ChangeKind.Modified, Object: Node after, Before: Node before })
        {
            return;
        }

        var fleet = scope.ByFleet;
        foreach (var (mark, was) in Marks(before))
        {
            var now = ValueOf(after, mark);
            if (was != now)
            {
                Changed(after, mark, was, now, fleet);
            }
        }

        foreach (var (mark, _) in Marks(after).Where(one => ValueOf(before, one.Mark) is null))
        {
            Own((after.Meta.Uid, mark), fleet);
        }
    }

    /// <summary>Marks of Fleet's that nodes still bear.</summary>
    internal IEnumerable<(string Node, string Mark)> Left() =>
        scope.World.Cluster.Nodes.Objects.SelectMany(node => Marks(node).Where(one => _own.Contains((node.Meta.Uid, one.Mark))).Select(one => (node.Meta.Name, one.Mark)));

    private static IEnumerable<(string Mark, string Value)> Marks(Node node)
    {
        if (node.Unschedulable)
        {
            yield return ("cordon", "true");
        }

        foreach (var taint in node.Taints)
        {
            yield return ($"taint {taint.Key}:{taint.Effect}", taint.Value ?? "");
        }

        foreach (var label in node.Meta.Labels)
        {
            yield return ($"label {label.Key}", label.Value);
        }

        foreach (var annotation in node.Meta.Annotations)
        {
            yield return ($"annotation {annotation.Key}", annotation.Value);
        }
    }

    private static string? ValueOf(Node node, string mark)
    {
        foreach (var one in Marks(node))
        {
            if (one.Mark == mark)
            {
                return one.Value;
            }
        }

        return null;
    }

    private void Changed(Node node, string mark, string was, string? now, bool fleet)
    {
        var own = _own.Contains((node.Meta.Uid, mark)) || mark == $"annotation {FleetMarks.Run}" || mark == $"taint {FleetMarks.Outdated.Key}:{FleetMarks.Outdated.Effect}";
        if (fleet && !own)
        {
            scope.Violate(SafetyRule.ForeignMark, $"node {node.Meta.Name}",
                now is null ? $"{mark}={was} of node {node.Meta.Name}, which Fleet had not set, was removed by it" : $"{mark} of node {node.Meta.Name}, which Fleet had not set, was changed by it from {was} to {now}");
        }

        Own((node.Meta.Uid, mark), fleet && now is not null);
    }

    private void Own((string Uid, string Mark) mark, bool fleet)
    {
        if (fleet)
        {
            _own.Add(mark);
        }
        else
        {
            _own.Remove(mark);
        }
    }
}
