namespace Fleet.Simulation.Cloud.Hosts;

/// <summary>Shells that run nothing: each script has the answer that a rule gives it, after a time of the world. Without a rule a script succeeds and says nothing.</summary>
public sealed class ScriptedShells(World world) : IHostShells
{
    private readonly List<Func<HostScript, HostResult?>> _rules = [];

    /// <summary>How long a script takes. Default: 1 s.</summary>
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Adds a rule: the answer to a script, or null where it has none. Earlier rules go first.</summary>
    public void On(Func<HostScript, HostResult?> rule) => _rules.Add(rule);

    /// <inheritdoc/>
    public IDisposable Start(HostScript script, Action<HostResult> ended)
    {
        var run = new Run(ended);
        var late = Duration > script.Timeout;
        var result = late ? new HostResult(HostEnd.TimedOut, -1, "", "") : _rules.Select(rule => rule(script)).FirstOrDefault(answer => answer is not null) ?? HostResult.Exited(0);
        world.Timeline.After(late ? script.Timeout : Duration, () => run.End(result));
        return run;
    }

    /// <inheritdoc/>
    public void Reboot(Instance instance)
    {
    }

    private sealed class Run(Action<HostResult> ended) : IDisposable
    {
        private bool _ended;

        public void Dispose() => End(new HostResult(HostEnd.Stopped, -1, "", ""));

        public void End(HostResult result)
        {
            if (!_ended)
            {
                _ended = true;
                ended(result);
            }
        }
    }
}
