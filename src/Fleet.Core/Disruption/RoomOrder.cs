namespace Fleet.Core.Disruption;

/// <summary>The order in which rooms are tried: the emptiest first, as the scheduler's default score (LeastAllocated) spreads pods; a packing that the scheduler would not find helps nobody.</summary>
internal sealed class RoomOrder : IComparer<(long Cpu, Room Room)>
{
    public int Compare((long Cpu, Room Room) x, (long Cpu, Room Room) y) =>
        x.Cpu != y.Cpu ? y.Cpu.CompareTo(x.Cpu) : x.Room.Index.CompareTo(y.Room.Index);
}
