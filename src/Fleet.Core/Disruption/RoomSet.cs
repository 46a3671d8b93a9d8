namespace Fleet.Core.Disruption;

/// <summary>The rooms of a round in the order in which they are tried; nodes that the scheduler avoids come last.</summary>
internal sealed class RoomSet
{
    private readonly Dictionary<string, Room> rooms = [];
    private readonly SortedSet<(long Cpu, Room Room)> open = new(new RoomOrder());
    private readonly SortedSet<(long Cpu, Room Room)> avoided = new(new RoomOrder());

    public int Count => rooms.Count;

    public void Add(Room room)
    {
        rooms[room.Node.Name] = room;
        OrderOf(room).Add((room.Cpu, room));
    }

    public Room? Remove(string node)
    {
        if (rooms.Remove(node, out var room))
        {
            OrderOf(room).Remove((room.Cpu, room));
        }

        return room;
    }

    public Room? Find(Pod pod, PodRules rules) => Find(open, pod, rules) ?? Find(avoided, pod, rules);

    public void Put(Pod pod, Room room)
    {
        OrderOf(room).Remove((room.Cpu, room));
        room.Take(pod);
        OrderOf(room).Add((room.Cpu, room));
    }

    public void TakeBack(Pod pod, string node)
    {
        var room = rooms[node];
        OrderOf(room).Remove((room.Cpu, room));
        room.GiveBack(pod);
        OrderOf(room).Add((room.Cpu, room));
    }

    public Room Of(string node) => rooms[node];

    /// <summary>How many nodes refuse a pod for which reason, the most frequent first.</summary>
    public IEnumerable<(Obstruction Why, int Nodes)> Refusals(PodRules rules) => rooms.Values
        .GroupBy(rules.Against)
        .Where(group => group.Key != Obstruction.None)
        .OrderByDescending(group => group.Count())
        .ThenBy(group => group.Key)
        .Select(group => (group.Key, group.Count()));

    private static Room? Find(SortedSet<(long Cpu, Room Room)> order, Pod pod, PodRules rules)
    {
        foreach (var (cpu, room) in order)
        {
            if (cpu < pod.Requests.MilliCpu && pod.Requests.MilliCpu > 0)
            {
                return null;
            }

            if (rules.Against(room) == Obstruction.None)
            {
                return room;
            }
        }

        return null;
    }

    private SortedSet<(long Cpu, Room Room)> OrderOf(Room room) => room.Avoided ? avoided : open;
}
