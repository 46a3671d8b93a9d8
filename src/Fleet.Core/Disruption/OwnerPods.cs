namespace Fleet.Core.Disruption;

/// <summary>An owner's live pods in one view: those that are neither finished nor being deleted.</summary>
internal sealed class OwnerPods
{
    private readonly List<DateTimeOffset> created = [];
    private readonly List<DateTimeOffset> unready = [];

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
            else
            {
                unready.Add(pod.Created);
            }
        }

        created.Sort();
        unready.Sort();
    }

    /// <summary>How many there are.</summary>
    public int Count => created.Count;

    /// <summary>How many of them are ready.</summary>
    public int Ready { get; }

    /// <summary>When the youngest that is not ready was made; null when all are ready.</summary>
    public DateTimeOffset? LatestUnready => unready.Count == 0 ? null : unready[^1];

    /// <summary>How many were made at an instant or later.</summary>
    public int MadeSince(DateTimeOffset instant) => Since(created, instant);

    /// <summary>How many of these are not ready.</summary>
    public int UnreadySince(DateTimeOffset instant) => Since(unready, instant);

    private static int Since(List<DateTimeOffset> sorted, DateTimeOffset instant)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < instant ? (middle + 1, high) : (low, middle);
        }

        return sorted.Count - low;
    }
}
