using Fleet.Core.Inventory;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>Pods that a drain must not lose silently (Safely Drain a Node): those that nobody would make again, that hold local data, that forbid their disruption, or whose end is to be waited for.</summary>
internal sealed class LossRecord(RecordScope scope)
{
    /// <summary>A pod that Fleet has just begun to end.</summary>
    internal void Ended(Pod before)
    {
        if (scope.Rotation.MayForce && scope.World.Calls.Current?.Verb == "delete pods")
        {
            return;
        }

        if (Why(before) is { } why)
        {
            scope.Violate(SafetyRule.Loss, $"pod {before.Meta.Key}", $"pod {before.Meta.Key}, which {why}, was ended by Fleet");
        }
    }

    private string? Why(Pod pod)
    {
        var rule = scope.Rotation.DrainRules.FirstOrDefault(rule =>
            (rule.Namespace is null || rule.Namespace == pod.Meta.Namespace) && rule.MatchLabels.All(label => pod.Meta.Labels.GetValueOrDefault(label.Key) == label.Value));
        return rule?.Class == DrainClass.WaitForCompletion ? "is to be waited for"
            : pod.Meta.Controller is null ? "no controller makes again"
            : pod.Meta.Annotations.GetValueOrDefault("karpenter.sh/do-not-disrupt") == "true" ? "forbids its disruption"
            : pod.Template.EmptyDir && !scope.Rotation.DeleteEmptyDirData ? "holds data in an emptyDir volume"
            : null;
    }
}
