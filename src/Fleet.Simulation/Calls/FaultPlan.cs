namespace Fleet.Simulation.Calls;

/// <summary>Decides for each call whether a fault hits it: rules are asked in order, the first answer counts. Guarded by <see cref="World.Gate"/>.</summary>
public sealed class FaultPlan
{
    private readonly List<Func<WorldCall, WorldFaultKind?>> _rules = [];
    private readonly List<Func<WorldCall, bool>> _denials = [];

    /// <summary>Adds a rule: a function that names the fault for a call, or null.</summary>
    public void Add(Func<WorldCall, WorldFaultKind?> rule) => _rules.Add(rule);

    /// <summary>Denies a verb to a caller (to all callers when null).</summary>
    public void Deny(string verb, string? caller = null)
    {
        bool Denied(WorldCall call) => call.Verb == verb && (caller is null || call.Caller == caller);
        _denials.Add(Denied);
        Add(call => Denied(call) ? WorldFaultKind.Denied : null);
    }

    /// <summary>Whether a call would be denied by <see cref="Deny"/>, without making it: what an access review answers.</summary>
    public bool Denies(WorldCall call) => _denials.Exists(denial => denial(call));

    /// <summary>Puts a fault on the next <paramref name="times"/> calls of a verb.</summary>
    public void Next(string verb, WorldFaultKind kind, int times = 1) =>
        Add(call => call.Verb == verb && times-- > 0 ? kind : null);

    /// <summary>Removes every rule.</summary>
    public void Clear()
    {
        _rules.Clear();
        _denials.Clear();
    }

    internal WorldFaultKind? For(WorldCall call)
    {
        foreach (var rule in _rules)
        {
            if (rule(call) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
