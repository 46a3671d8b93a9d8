namespace Fleet.Simulation.Cloud;

/// <summary>Scaling activities by group.</summary>
public sealed class ActivityLog(CloudState cloud)
{
    private readonly Dictionary<string, List<ScalingActivity>> _byGroup = [];
    private readonly Dictionary<string, (string Group, int Index)> _byId = [];
    private int _count;

    /// <summary>Raised when an activity begins and when it ends or fails.</summary>
    public event Action<ScalingActivity>? Recorded;

    /// <summary>A group's activities, oldest first (the API answers newest first).</summary>
    public IReadOnlyList<ScalingActivity> Of(string group) => _byGroup.GetValueOrDefault(group) ?? [];

    internal ScalingActivity Begin(string group, string description, string cause, string status, string zone, string? instanceId, string? failure = null)
    {
        var activity = new ScalingActivity
        {
            Id = new Guid(cloud.World.Chance.Seed, 1, 0x4000, BitConverter.GetBytes((long)++_count)).ToString(),
            Group = group,
            Description = description,
            Cause = cause,
            Start = cloud.World.Now,
            End = failure is null ? null : cloud.World.Now,
            Status = status,
            StatusMessage = failure,
            Progress = failure is null ? 30 : 100,
            Zone = zone,
            InstanceId = instanceId,
        };
        var list = _byGroup.TryGetValue(group, out var known) ? known : _byGroup[group] = [];
        _byId[activity.Id] = (group, list.Count);
        list.Add(activity);
        Recorded?.Invoke(activity);
        return activity;
    }

    internal void End(string id, string status, string? message = null)
    {
        var (group, index) = _byId[id];
        var ended = _byGroup[group][index] with { End = cloud.World.Now, Status = status, StatusMessage = message, Progress = 100 };
        _byGroup[group][index] = ended;
        Recorded?.Invoke(ended);
    }

    internal ScalingActivity Find(string id) => _byGroup[_byId[id].Group][_byId[id].Index];
}
