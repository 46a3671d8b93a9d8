namespace Fleet.Core.Tests.Rotations.Crash;

/// <summary>Counts what the process does to the world and to its records, and kills it at one of these crossings.</summary>
/// <param name="at">The crossing's number, from 1; 0 kills nobody.</param>
/// <param name="only">Counts crossings of this name alone; null counts all.</param>
internal sealed class CrashPoint(int at, string? only = null)
{
    private bool _dead;

    /// <summary>Crossings so far.</summary>
    public int Crossings { get; private set; }

    /// <summary>Where it died.</summary>
    public string? Where { get; private set; }

    /// <summary>A dead process does nothing more, on no other lane either.</summary>
    public void Live(string what)
    {
        if (_dead)
        {
            throw new CrashException($"and was dead before {what}");
        }
    }

    public void Cross(string what)
    {
        Live(what);
        if ((only is null || what == only) && ++Crossings == at)
        {
            _dead = true;
            Where = what;
            throw new CrashException(what);
        }
    }

    /// <summary>Another process takes over.</summary>
    public void Revive() => _dead = false;
}
