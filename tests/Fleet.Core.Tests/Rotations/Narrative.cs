using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fleet.Core.Runs;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Rehearsals;

namespace Fleet.Core.Tests.Rotations;

/// <summary>What happened in a run, told by the world (calls, launches, terminations, nodes) and by Fleet (its journal, what it waits for), in the order of the clock.</summary>
internal sealed partial class Narrative
{
    private readonly World _world;
    private readonly Rehearsal _rehearsal;
    private readonly List<(DateTimeOffset At, int Rank, string Line)> _lines = [];
    private HashSet<(string, string)> _waits = [];

    public Narrative(Stage stage)
    {
        _world = stage.World;
        _rehearsal = stage.Rehearsal;
        _world.Log.Recorded += Call;
        _world.Cloud.InstanceChanged += Instance;
        _world.Cloud.TerminationBegan += Terminated;
        _world.Cluster.Changed += Node;
        _rehearsal.Stepped += Waits;
    }

    public string Tell()
    {
        foreach (var entry in _rehearsal.Journal().Where(entry => entry.Kind != "action" && entry.Message is not ("Running → Waiting" or "Waiting → Running")))
        {
            var rank = entry.Kind is "answer" or "evidence" ? 2 : 0;
            foreach (var line in entry.Message.Split('\n'))
            {
                Say(entry.At, rank, "fleet", $"{entry.Kind}: {line.TrimEnd()}");
            }
        }

        var text = new StringBuilder();
        foreach (var (_, _, line) in _lines.OrderBy(line => line.At).ThenBy(line => line.Rank))
        {
            text.Append(line).Append('\n');
        }

        End(text);
        return Named(text.ToString()).Replace(".eu-central-1.compute.internal", "", StringComparison.Ordinal);
    }

    private void End(StringBuilder text)
    {
        var run = _rehearsal.Run;
        text.Append("\nThe run is ").Append(run.Phase).Append('\n');
        foreach (var reason in run.Reasons)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {reason.Code} | {reason.Object} | {reason.Sentence} | limit {reason.Limit} | value {reason.Value} | cure {reason.Cure}\n");
        }

        foreach (var entry in _rehearsal.Ledger())
        {
            text.Append(FormattableString.Invariant($"  ledger {entry.Status}: {entry.Kind} of {entry.Subject}: {entry.Before} to {entry.Mine} {entry.Note}").TrimEnd()).Append('\n');
        }

        foreach (var group in _world.Cloud.Groups.Values.OrderBy(group => group.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"  group {group.Name}: min {group.Min} desired {group.Desired} max {group.Max}, template version {group.TemplateVersion}, suspended [{string.Join(',', group.Suspended.Keys)}], new instances protected: {group.ProtectNew}\n");
            foreach (var instance in _world.Cloud.Members(group.Name).OrderBy(instance => instance.Number))
            {
                var node = _world.Cluster.Nodes.Objects.FirstOrDefault(node => node.ProviderId.EndsWith(instance.Id, StringComparison.Ordinal));
                text.Append(CultureInfo.InvariantCulture, $"    {instance.Id} {instance.Zone} {instance.Lifecycle} {instance.ImageId}{(instance.Protected ? " protected" : "")}: {Marks(node)}\n");
            }
        }
    }

    private static string Marks(Node? node) => node is null ? "no node"
        : $"{node.Meta.Name}{(node.Ready == true ? "" : " NotReady")}{(node.Unschedulable ? " cordoned" : "")}{string.Concat(node.Taints.Select(taint => $" {taint.Key}:{taint.Effect}"))}"
            + string.Concat(node.Meta.Labels.Keys.Concat(node.Meta.Annotations.Keys).Where(key => key is WellKnown.ExcludeFromLoadBalancers or "cluster-autoscaler.kubernetes.io/scale-down-disabled" || key.StartsWith("fleet/", StringComparison.Ordinal)).Select(key => $" {key}"));

    private void Call(CallRecord call)
    {
        if (call.Writes && !call.Verb.Contains("leases", StringComparison.Ordinal))
        {
            Say(call.At, 1, call.Caller, $"{call.Verb} {call.Subject}{(call.Detail is null || call.Detail.StartsWith("uid=", StringComparison.Ordinal) ? "" : $" ({call.Detail})")} → {(call.Applied ? "done" : "not done")}{(call.Error is null ? "" : $", {call.Answer} {call.Error}")}");
        }
    }

    private void Instance(Instance instance)
    {
        if (instance is { State: InstanceState.Pending, Lifecycle: LifecycleState.Pending })
        {
            Say(_world.Now, 1, "world", $"{instance.Id} launched in {instance.Zone} with {instance.ImageId}");
        }
    }

    private void Terminated(InstanceTermination end) =>
        Say(end.At, 1, "world", $"{end.Instance.Id} terminates: {end.Cause}{(end.Decrement ? " with decrement" : "")}");

    private void Node(Change change)
    {
        if (change.Object is not Node node)
        {
            return;
        }

        var before = (change.Before as Node)?.Ready;
        if (change.Kind == ChangeKind.Deleted)
        {
            Say(_world.Now, 1, "world", $"node {node.Meta.Name} is gone");
        }
        else if (before != node.Ready && node.Ready is { } ready)
        {
            Say(_world.Now, 1, "world", $"node {node.Meta.Name} of {node.ProviderId[(node.ProviderId.LastIndexOf('/') + 1)..]} is {(ready ? "Ready" : "NotReady")}");
        }
    }

    private void Waits(Run run)
    {
        var now = run.Reasons.Where(reason => !reason.Code.StartsWith("joining", StringComparison.Ordinal)).Select(reason => (reason.Code, reason.Object)).ToHashSet();
        foreach (var reason in run.Reasons.Where(reason => now.Contains((reason.Code, reason.Object)) && !_waits.Contains((reason.Code, reason.Object))))
        {
            Say(_world.Now, 3, "fleet", $"waits ({reason.Code}): {reason.Sentence}");
        }

        _waits = now;
    }

    private void Say(DateTimeOffset at, int rank, string who, string what) =>
        _lines.Add((at, rank, $"{(int)(at - Worlds.Start).TotalHours:00}:{at - Worlds.Start:mm\\:ss} {who,-8} {what}"));

    /// <summary>Instances are called by the number of their launch and templates by name: easier to follow than ids.</summary>
    private string Named(string text)
    {
        text = InstanceId().Replace(text, match => _world.Cloud.Instances.TryGetValue(match.Value, out var instance) ? $"i-{instance.Number}" : match.Value);
        return TemplateId().Replace(text, match => _world.Cloud.Templates.TryGetValue(match.Value, out var template) ? $"lt-{template.Name}" : match.Value);
    }

    [GeneratedRegex("i-[0-9a-f]{17}")]
    private static partial Regex InstanceId();

    [GeneratedRegex("lt-[0-9a-f]{17}")]
    private static partial Regex TemplateId();
}
