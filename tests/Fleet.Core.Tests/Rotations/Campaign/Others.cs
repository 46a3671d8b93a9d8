using Fleet.Core.Rotations;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>What engineers and machines do beside Fleet.</summary>
internal static class Others
{
    /// <summary>What is otherwise than usual in a world from its start.</summary>
    public static void Arrange(Stage stage, RandomWorld drawn)
    {
        if (drawn.Detach is { } detach)
        {
            stage.World.Cluster.Timings = stage.World.Cluster.Timings with { Detach = detach };
        }

        if (drawn.ReusedName > 0)
        {
            Rename(stage, drawn.ReusedName);
        }

        var left = drawn.CutLate ? 1 : 0;
        stage.World.Log.Recorded += call =>
        {
            if (left > 0 && call is { Caller: "fleet", Verb: "UpdateAutoScalingGroup", Detail: "protectNew=False", Applied: true })
            {
                left--;
                stage.World.Timeline.After(TimeSpan.Zero, () => Cut(stage, call.Subject));
            }
        };
    }

    /// <summary>Scales out when an instance is gone, so that its address, and with it its node's name, is given to the next.</summary>
    private static void Rename(Stage stage, int number)
    {
        var left = number;
        var gone = ("", "");
        stage.World.Log.Recorded += call =>
        {
            if (call is { Caller: "fleet", Verb: "TerminateInstanceInAutoScalingGroup", Applied: true } && --left == 0)
            {
                gone = (call.Subject, stage.World.Cloud.Instances[call.Subject].Group ?? "");
            }
        };
        stage.World.Cloud.InstanceTerminated += id =>
        {
            var (instance, group) = gone;
            if (id == instance)
            {
                stage.World.Timeline.After(TimeSpan.Zero, () => ScaleOut(stage, group, 1));
            }
        };
    }

    /// <summary>An autoscaler wants more instances, and somebody raises max for it where that is needed.</summary>
    public static void ScaleOut(Stage stage, string group, int by)
    {
        if (stage.World.Cloud.Groups[group] is { } known)
        {
            stage.Account.UpdateAutoScalingGroup(new() { Name = group, Max = Math.Max(known.Max, known.Desired + by), Desired = known.Desired + by });
        }
    }

    private static void Cut(Stage stage, string group)
    {
        if (stage.World.Cloud.Groups[group] is { } known && known.Desired > known.Min)
        {
            stage.Account.SetDesiredCapacity(group, known.Desired - 1);
        }
    }

    public static void Cordon(Stage stage, int pick) => OnNode(stage, pick, node => node with { Unschedulable = true });

    public static void Taint(Stage stage, int pick) => OnNode(stage, pick, node => node with { Taints = node.Taints.Add(new Taint("team", "blue", "PreferNoSchedule")) });

    /// <summary>What an engineer or a cluster autoscaler sets on a node, and Fleet sets too.</summary>
    public static void Mark(Stage stage, int pick) => OnNode(stage, pick, node => node with
    {
        Meta = node.Meta with
        {
            Labels = node.Meta.Labels.SetItem(FleetMarks.ExcludeFromLoadBalancers, "engineer"),
            Annotations = node.Meta.Annotations.SetItem(FleetMarks.ScaleDownDisabled, "true"),
        },
    });

    public static void Evict(Stage stage, int pick)
    {
        var pods = stage.World.Cluster.Pods.Objects.Where(pod => pod.NodeName is not null).ToList();
        if (pods.Count > 0)
        {
            stage.Cluster.Evict(pods[pick % pods.Count].Meta.Key);
        }
    }

    public static void Tighten(Stage stage, int pick)
    {
        var budgets = stage.World.Cluster.Budgets.Objects.ToList();
        stage.Cluster.Update("poddisruptionbudgets.policy", budgets[pick % budgets.Count] with { MinAvailable = "100%", MaxUnavailable = null }, null);
    }

    /// <summary>A kubelet falls silent for a while.</summary>
    public static void Silence(Stage stage, int pick, TimeSpan length)
    {
        var nodes = stage.World.Cluster.Nodes.Objects.ToList();
        if (nodes.Count == 0)
        {
            return;
        }

        var hit = nodes[pick % nodes.Count];
        Set(stage, hit, ready: false);
        stage.World.Timeline.After(length, () => Set(stage, hit, ready: true));
    }

    private static void Set(Stage stage, Node hit, bool ready)
    {
        if (stage.World.Cluster.Nodes[hit.Meta.Key] is { } node && node.Meta.Uid == hit.Meta.Uid)
        {
            stage.World.Cluster.Nodes.Put(node with { Ready = ready, ReadyChanged = stage.World.Now });
        }
    }

    private static void OnNode(Stage stage, int pick, Func<Node, Node> change)
    {
        var nodes = stage.World.Cluster.Nodes.Objects.ToList();
        if (nodes.Count > 0)
        {
            stage.Cluster.Update("nodes", change(nodes[pick % nodes.Count]), null);
        }
    }
}
