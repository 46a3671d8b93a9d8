using System.Diagnostics;
using Fleet.Simulation.Calls;

namespace Fleet.Cli.Tests.Crash;

/// <summary>
/// Freezes a process (SIGSTOP) at one of its writes, which takes effect, and wakes it (SIGCONT) in the middle of another one's work: from then on whatever it still does is too much.
/// </summary>
/// <param name="at">The number of the write, from 1.</param>
/// <param name="process">Who is frozen.</param>
/// <param name="takenOver">Whether another one has its run.</param>
internal sealed class FreezePoint(int at, Process process, Func<bool> takenOver)
{
    /// <summary>So many writes of the other one pass before the frozen one wakes.</summary>
    private const int Meanwhile = 3;

    private int _writes;
    private int _others;

    /// <summary>The write at which it froze; null where it never came to that.</summary>
    public string? Where { get; private set; }

    /// <summary>Whether it was woken again.</summary>
    public bool Woken { get; private set; }

    /// <summary>The rule for the world's fault plan; it lets every call pass.</summary>
    public WorldFaultKind? On(WorldCall call)
    {
        if (call.Caller != WireStage.Caller || !call.Writes || call.Verb.Contains(" leases", StringComparison.Ordinal))
        {
            return null;
        }

        if (++_writes == at)
        {
            Where = $"{call.Verb} {call.Subject}";
            Signal("STOP");
        }
        else if (Where is not null && !Woken && takenOver() && ++_others == Meanwhile)
        {
            Signal("CONT");
            Woken = true;
        }

        return null;
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {process.Id}"]);
        kill.WaitForExit();
    }
}
