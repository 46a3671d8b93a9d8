namespace Fleet.Simulation.Cloud;

/// <summary>The instances of one group with their counts by zone, kept up as they change, so that a decision of the group costs zones and not instances.</summary>
internal sealed class GroupRoster
{
    private readonly SortedDictionary<int, Instance> _members = [];
    private readonly Dictionary<string, int> _byZone = [];

    public IReadOnlyCollection<Instance> Members => _members.Values;

    /// <summary>Instances that count toward desired.</summary>
    public int Counting { get; private set; }

    /// <summary>Instances of a zone that count toward desired.</summary>
    public int CountingIn(string zone) => _byZone.GetValueOrDefault(zone);

    public void Add(Instance instance)
    {
        _members.Add(instance.Number, instance);
        Count(instance, 1);
    }

    public void Remove(Instance instance)
    {
        if (_members.Remove(instance.Number))
        {
            Count(instance, -1);
        }
    }

    private void Count(Instance instance, int by)
    {
        if (instance.Counts)
        {
            Counting += by;
            _byZone[instance.Zone] = CountingIn(instance.Zone) + by;
        }
    }
}
