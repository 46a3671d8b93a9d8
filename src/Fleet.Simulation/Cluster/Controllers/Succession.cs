using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Which pod takes whose place, so that a pod can be followed through its replacements: an owner's next new pod replaces its oldest loss that nobody has replaced yet; a StatefulSet's the last pod of its name.</summary>
internal sealed class Succession
{
    private readonly Dictionary<string, Queue<string>> _losses = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Owner, string Name), string> _lastOfName = [];
    private readonly HashSet<string> _unwanted = new(StringComparer.Ordinal);

    /// <summary>Notes that an owner gives a pod up by its own will: nobody takes its place.</summary>
    internal void GiveUp(Pod pod) => _unwanted.Add(pod.Meta.Uid);

    internal void Observe(Change change)
    {
        if (change.Object is not Pod pod || pod.Meta.Controller is not { } owner)
        {
            return;
        }

        if (owner.Kind == "StatefulSet")
        {
            _lastOfName[(owner.Uid, pod.Meta.Name)] = pod.Meta.Uid;
            return;
        }

        if (change.Kind == ChangeKind.Deleted && _unwanted.Remove(pod.Meta.Uid))
        {
            return;
        }

        var lostBefore = change.Before is Pod before && IsLost(before);
        if (!lostBefore && (change.Kind == ChangeKind.Deleted || IsLost(pod)) && pod.Phase != PodPhase.Succeeded && !_unwanted.Contains(pod.Meta.Uid))
        {
            if (!_losses.TryGetValue(owner.Uid, out var queue))
            {
                _losses.Add(owner.Uid, queue = new Queue<string>());
            }

            queue.Enqueue(pod.Meta.Uid);
        }
    }

    internal string? Next(string owner) => _losses.TryGetValue(owner, out var queue) && queue.TryDequeue(out var uid) ? uid : null;

    internal string? Last(string owner, string name) => _lastOfName.GetValueOrDefault((owner, name));

    private static bool IsLost(Pod pod) => pod.Meta.DeletionTimestamp is not null || pod.Phase == PodPhase.Failed;
}
