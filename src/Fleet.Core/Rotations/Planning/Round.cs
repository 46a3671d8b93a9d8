using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>The desk on which one round is decided: what is seen, and what it comes to so far. Holds data only and reaches nothing outside.</summary>
internal sealed class Round
{
    private readonly Dictionary<(string Kind, string Subject), LedgerEntry> _ledger;
    private readonly Dictionary<(string Kind, string Subject), LedgerEntry> _changed = [];
    private readonly List<RotationAction> _actions = [];
    private readonly List<Reason> _reasons = [];
    private readonly List<JournalEntry> _journal = [];
    private ImmutableArray<Slot> _indexed;
    private Dictionary<string, Slot> _slots = [];
    private SettleCheck? _settling;
    private readonly Safeguards _safeguards;

    public Round(string runId, RotationSpec spec, RotationState state, RotationObservation seen, DateTimeOffset now, Safeguards safeguards)
    {
        RunId = runId;
        Spec = spec;
        State = state;
        Seen = seen;
        Now = now;
        LookAgain = now + TimeSpan.FromSeconds(30);
        _safeguards = safeguards;
        Drain = new DrainRound(seen.Cluster, Kept(spec.Pool.Rotation)) { LimitsOwners = Keeps(Safeguard.OwnerLimit), HeedsObstacles = Keeps(Safeguard.Obstacles) };
        _ledger = seen.Ledger.ToDictionary(entry => (entry.Kind, entry.Subject));
        NodeByInstance = [];
        foreach (var node in seen.Cluster.Nodes.Values)
        {
            if (node.InstanceId is { } id)
            {
                NodeByInstance[id] = node;
            }
        }
    }

    public string RunId { get; }

    public RotationSpec Spec { get; }

    public RotationPolicy Policy => Spec.Pool.Rotation;

    public RotationObservation Seen { get; }

    public ClusterView Cluster => Seen.Cluster;

    public DateTimeOffset Now { get; }

    public DrainRound Drain { get; }

    public RotationState State { get; set; }

    /// <summary>What the open slots have evicted and what of it is made good, the earliest slot first.</summary>
    public SettleCheck Settling
    {
        get
        {
            Index();
            return _settling ??= new SettleCheck(
                Drain,
                State.Unsettled.Concat(State.Slots.Where(slot => slot.Phase is SlotPhase.Draining or SlotPhase.Settling || slot.Failed).SelectMany(slot => slot.Owners)),
                State.Recent.Concat(State.Slots.Where(slot => slot is { Phase: SlotPhase.Terminating, Failed: false }).SelectMany(slot => slot.Owners)));
        }
    }

    public Dictionary<string, Node> NodeByInstance { get; }

    /// <summary>Whether one more instance could let a node go that must stay now.</summary>
    public bool SurgeWouldHelp { get; set; }

    public DateTimeOffset LookAgain { get; private set; }

    public TimeSpan GroupsMaxAge { get; private set; } = TimeSpan.FromSeconds(90);

    public IReadOnlyList<RotationAction> Actions => _actions;

    public IReadOnlyList<Reason> Reasons => _reasons;

    public IReadOnlyList<JournalEntry> Journal => _journal;

    public IEnumerable<LedgerEntry> ChangedLedger => _changed.Values;

    public IEnumerable<LedgerEntry> OpenEntries => _ledger.Values.Where(entry => entry.Status == LedgerStatus.Open);

    public int SurgeCap => Policy.SurgeFor(Math.Max(State.Total, 1));

    /// <summary>
    /// How far the surge may grow when nothing can be admitted any more: a percentage of a small group may be less than one instance per zone, and then a pod whose volume binds it to a zone would never have room.
    /// A number is what the user said, and is kept.
    /// </summary>
    public int SurgeReach => Policy.MaxSurge is { IsPercent: true, Value: > 0 } ? Math.Max(SurgeCap, Seen.Groups.Max(group => group.Zones.Length)) : SurgeCap;

    public int UnavailableCap => Policy.UnavailableFor(Math.Max(State.Total, 1));

    /// <summary>Nodes that may be on their way out at a time: the canary's one, then the grown width; in a cancelled run no more than it takes to shrink the surge.</summary>
    public int Width => Math.Min(
        State.CanaryPassed ? Math.Min(State.Width, Math.Max(1, SurgeCap + UnavailableCap)) : Keeps(Safeguard.Canary) ? 1 : Math.Max(1, SurgeCap + UnavailableCap),
        State.Halt == RotationHalt.Cancel ? State.Groups.Values.Sum(group => group.Raised) + Seen.Groups.Sum(Surges.Excess) : int.MaxValue);

    /// <summary>Whether a safeguard is on.</summary>
    public bool Keeps(Safeguard safeguard) => _safeguards.Keep(safeguard);

    public void LookBy(DateTimeOffset instant) => LookAgain = instant < LookAgain ? (instant > Now ? instant : Now) : LookAgain;

    public void LookIn(TimeSpan delay) => LookBy(Now + delay);

    public void RefreshGroupsWithin(TimeSpan age) => GroupsMaxAge = age < GroupsMaxAge ? age : GroupsMaxAge;

    public void Wait(Reason reason) => _reasons.Add(reason);

    public void Note(string kind, string subject, string message) => _journal.Add(new JournalEntry(Now, kind, subject, message));

    public void Progress() => State = State with { Progress = Now };

    /// <summary>Intends an action, unless its last try failed a moment ago; one that waiting cannot cure stops the run.</summary>
    public bool Do(RotationAction action, string sentence)
    {
        if (Intends(action.Key))
        {
            return true;
        }

        if (Seen.Failures.TryGetValue(action.Key, out var failure))
        {
            if (failure.Permanent)
            {
                Halting.Begin(this, RotationHalt.Stop, PlanReasons.Refused(action, failure));
                return false;
            }

            if (Now < failure.NotBefore)
            {
                Wait(PlanReasons.Retrying(action, failure));
                LookBy(failure.NotBefore);
                return false;
            }
        }

        _actions.Add(action);
        Note("action", action.Lane, sentence);
        LookIn(TimeSpan.FromSeconds(1));
        return true;
    }

    /// <summary>Intends no more to take a node out of service or to evict its pods: it was decided in this very round, and what was decided since gives the node back.</summary>
    public void Withdraw(string node) => _actions.RemoveAll(action => action switch
    {
        SetExcluded exclude => exclude.Present && exclude.Node == node,
        SetCordon cordon => cordon.Present && cordon.Node == node,
        EvictPod evict => evict.Pod.Node == node,
        ForceDeletePod delete => delete.Pod.Node == node,
        _ => false,
    });

    /// <summary>Whether an action of this key is intended in this round.</summary>
    public bool Intends(string key) => _actions.Any(action => action.Key == key);

    /// <summary>Writes down a side effect before it happens; an open entry of the same kind and subject keeps its value before.</summary>
    public void Owe(string kind, string subject, string? before, string? mine)
    {
        var known = Entry(kind, subject);
        var keep = known is { Status: LedgerStatus.Open };
        var entry = new LedgerEntry { Kind = kind, Subject = subject, Before = keep ? known!.Before : before, Mine = mine, Status = LedgerStatus.Open, At = Now };
        if (!keep || known!.Mine != mine)
        {
            Put(entry);
        }
    }

    public void Settle(LedgerEntry entry, LedgerStatus status, string? note = null) => Put(entry with { Status = status, Note = note, At = Now });

    public LedgerEntry? Entry(string kind, string subject) => _ledger.GetValueOrDefault((kind, subject));

    public bool IsOpen(string kind, string subject) => Entry(kind, subject) is { Status: LedgerStatus.Open };

    public ScalingGroup? Group(string name) => Seen.Groups.FirstOrDefault(group => group.Name == name);

    public void SetGroup(string name, GroupState group) => State = State with { Groups = State.Groups.SetItem(name, group) };

    public void Replace(Slot slot) => State = State with { Slots = State.Slots.Replace(State.Slots.Single(known => known.Number == slot.Number), slot) };

    /// <summary>Takes a slot off the list. What it has evicted and what nobody waits for with it any more stays counted until it is made good.</summary>
    public void Remove(Slot slot) => State = State with
    {
        Slots = State.Slots.RemoveAll(known => known.Number == slot.Number),
        Unsettled = IsUnsettled(slot) ? State.Unsettled.AddRange(slot.Owners) : State.Unsettled,
        Recent = IsUnsettled(slot) ? State.Recent : State.Recent.AddRange(slot.Owners),
    };

    /// <summary>Forgets what has been made good meanwhile.</summary>
    public void Settled() => State = State.Unsettled.IsEmpty && State.Recent.IsEmpty ? State : State with
    {
        Unsettled = [.. State.Unsettled.Where(mark => Settling.InFlight(mark.OwnerUid) > 0)],
        Recent = [.. State.Recent.Where(mark => Settling.Coming(mark.OwnerUid, mark.Since, Now) > 0)],
    };

    public Slot? SlotOf(string instanceId)
    {
        Index();
        return _slots.GetValueOrDefault(instanceId);
    }

    /// <summary>Slots are looked up far more often than they change.</summary>
    private void Index()
    {
        if (_indexed == State.Slots)
        {
            return;
        }

        _indexed = State.Slots;
        _settling = null;
        _slots = [];
        foreach (var slot in _indexed)
        {
            _slots.TryAdd(slot.InstanceId, slot);
        }
    }

    private static bool IsUnsettled(Slot slot) => slot.Phase is SlotPhase.Draining || slot.Failed;

    private RotationPolicy Kept(RotationPolicy policy) => policy with
    {
        DrainRules = Keeps(Safeguard.Completion) ? policy.DrainRules : [],
        DeleteEmptyDirData = policy.DeleteEmptyDirData || !Keeps(Safeguard.LocalData),
    };

    private void Put(LedgerEntry entry)
    {
        _ledger[(entry.Kind, entry.Subject)] = entry;
        _changed[(entry.Kind, entry.Subject)] = entry;
    }
}
