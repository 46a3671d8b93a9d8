namespace Fleet.Simulation;

/// <summary>The world's agenda: what happens when, in a fixed order for equal instants, so that a seed always gives the same world. Not thread-safe: guarded by <see cref="World.Gate"/>.</summary>
public sealed class Timeline(DateTimeOffset start)
{
    private readonly PriorityQueue<Entry, (DateTimeOffset At, long Order)> _agenda = new();
    private long _order;

    /// <summary>The present instant of the world.</summary>
    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>When the next thing happens; null when the agenda is empty.</summary>
    public DateTimeOffset? NextAt => _agenda.TryPeek(out _, out var key) ? key.At : null;

    /// <summary>Puts an action on the agenda; an instant in the past means now.</summary>
    /// <returns>A handle whose disposal takes the action off the agenda.</returns>
    public IDisposable At(DateTimeOffset when, Action action)
    {
        var entry = new Entry(action);
        _agenda.Enqueue(entry, (when < Now ? Now : when, _order++));
        return entry;
    }

    /// <summary>Puts an action on the agenda after a delay.</summary>
    public IDisposable After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary>Does the next thing and sets the present to its instant.</summary>
    /// <returns>False when the agenda is empty.</returns>
    public bool RunNext()
    {
        if (!_agenda.TryDequeue(out var entry, out var key))
        {
            return false;
        }

        Now = key.At;
        entry.Run();
        return true;
    }

    /// <summary>Does all that is due until an instant, and makes it the present.</summary>
    public void RunUntil(DateTimeOffset instant)
    {
        while (NextAt is { } next && next <= instant)
        {
            RunNext();
        }

        Now = instant > Now ? instant : Now;
    }

    private sealed class Entry(Action action) : IDisposable
    {
        private Action? _action = action;

        public void Dispose() => _action = null;

        public void Run() => _action?.Invoke();
    }
}
