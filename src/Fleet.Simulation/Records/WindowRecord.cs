using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>
/// Holds Fleet to its windows and exclusions. What may begin in an open window only is the run's first change, more surge, and the way out of an outdated node (its cordon, or its exclusion from load balancers).
/// A call that was first made in a window and did not succeed may be repeated later; so may, once, what a process that died had decided.
/// </summary>
internal sealed class WindowRecord(RecordScope scope, MaintenanceSpec maintenance)
{
    /// <summary>How long, from its first call on, a new process may do what the dead one had decided.</summary>
    private static readonly TimeSpan TakingUp = TimeSpan.FromMinutes(2);

    private readonly HashSet<string> _tried = new(StringComparer.Ordinal);
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);
    private bool _touched;
    private bool _givenUp;
    private bool _died;
    private DateTimeOffset _takenUp = DateTimeOffset.MinValue;

    internal void GivenUp() => _givenUp = true;

    internal void Died() => _died |= MayBegin;

    internal void Observe(CallRecord call)
    {
        if (_died)
        {
            (_died, _takenUp) = (false, call.At + TakingUp);
        }

        if (call.Api == Api.Kubernetes && call.Verb != "patch nodes" || !call.Writes)
        {
            return;
        }

        if (call.Error is not null && MayBegin)
        {
            _tried.Add(call.Subject);
        }

        if (!_touched && (call.Applied || MayBegin))
        {
            _touched = true;
            Judge("run", $"the run's first change is {call.Verb} of {call.Subject}");
        }
    }

    internal void Observe(GroupChange change)
    {
        if (scope.IsFleet(change.Caller) && change is { Before: { } before, After: { } after } && after.Desired > before.Desired && scope.Rotation.Groups.Contains(after.Name) && !_tried.Remove(after.Name))
        {
            Judge($"group {after.Name}", $"desired of {after.Name} was raised from {before.Desired} to {after.Desired}");
        }
    }

    internal void Observe(Change change)
    {
        if (change is not { Kind: ChangeKind.Modified, Object: Node node, Before: Node before } || !scope.ByFleet || scope.InstanceOf(node) is not { } instance || !scope.IsOutdated(instance))
        {
            return;
        }

        if (!Leaves(node))
        {
            _leaving.Remove(node.Meta.Uid);
        }
        else if ((node.Unschedulable && !before.Unschedulable) || (IsExcluded(node) && !IsExcluded(before)))
        {
            if (_leaving.Add(node.Meta.Uid) && !_tried.Remove(node.Meta.Name))
            {
                Judge($"node {node.Meta.Name}", $"node {node.Meta.Name} was sent on its way out");
            }
        }
    }

    private bool MayBegin => _givenUp || scope.World.Now < scope.Rotation.WaivedUntil || WindowClock.IsOpen(maintenance, scope.World.Now);

    private void Judge(string subject, string what)
    {
        if (scope.World.Now >= _takenUp && !MayBegin)
        {
            scope.Violate(SafetyRule.Window, subject, $"{what} at {scope.World.Now:u}, outside its windows or on an excluded day of {maintenance.Zone}");
        }
    }

    private static bool Leaves(Node node) => node.Unschedulable || IsExcluded(node);

    private static bool IsExcluded(Node node) => node.Meta.Labels.ContainsKey(FleetMarks.ExcludeFromLoadBalancers);
}
