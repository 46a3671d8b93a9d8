using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Fleet.Core.Runs;

namespace Fleet.Service.Replicas;

/// <summary>
/// Which of the runs that nobody drives a replica takes: up to its part of all open runs at once, what goes beyond it only when no other has come for it. So the runs of a replica that was killed do not all land on the one that looks first.
/// </summary>
/// <param name="replicas">How many replicas live, as this one last heard.</param>
/// <param name="owner">Who drives runs here.</param>
/// <param name="wall">The wall clock.</param>
internal sealed class RunShare(Func<int> replicas, string owner, TimeProvider wall)
{
    /// <summary>How long the others have to come for a run; each looks once a second.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private Dictionary<string, DateTimeOffset> _free = [];

    /// <summary>The runs to take up now.</summary>
    /// <param name="free">Runs that nobody drives.</param>
    /// <param name="deserted">Owners whose leases on them have run out: they are counted as living for a while yet.</param>
    /// <param name="open">All runs that are to be driven, by whomever.</param>
    /// <param name="here">How many of them are driven here.</param>
    public IReadOnlyList<Run> Take(IReadOnlyCollection<Run> free, IReadOnlySet<string> deserted, int open, int here)
    {
        var now = wall.GetUtcNow();
        _free = free.ToDictionary(run => run.Id, run => _free.GetValueOrDefault(run.Id, now));
        var share = (int)Math.Ceiling((double)open / Math.Max(1, replicas() - deserted.Count));
        return [.. free.OrderBy(Rank).Where((run, place) => here + place < share || now - _free[run.Id] >= Grace)];
    }

    /// <summary>Another order for each replica: those who look at the same moment do not reach for the same run.</summary>
    private ulong Rank(Run run) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(owner + run.Id)));
}
