namespace Fleet.Core.Disruption;

/// <summary>An owner's live pods in one view: those that are neither finished nor being deleted.</summary>
internal sealed class OwnerPods
{
    private readonly List<DateTimeOffset> created = [];

    public OwnerPods(IEnumerable<Pod> pods)
    {
        foreach (var pod in pods)
        {
            if (pod.Finished || pod.DeletionDue is not null)
            {
                continue;
            }

            created.Add(pod.Created);
            if (pod.Ready)
            {
                Ready++;
            }
            else if (LatestUnready is not { } latest || pod.Created > latest)
            {
                LatestUnready = pod.Created;
            }
        }

        created.Sort();
    }

    /// <summary>How many there are.</summary>
    public int Count => created.Count;

    /// <summary>How many of them are ready.</summary>
    public int Ready { get; }

    /// <summary>When the youngest that is not ready was made; null when all are ready.</summary>
    public DateTimeOffset? LatestUnready { get; }

    /// <summary>How many were made at an instant or later.</summary>
    public int MadeSince(DateTimeOffset instant)
    {
        var (low, high) = (0, created.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = created[middle] < instant ? (middle + 1, high) : (low, middle);
        }

        return created.Count - low;
    }
}
