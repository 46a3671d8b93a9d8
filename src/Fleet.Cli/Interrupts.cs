using System.Runtime.InteropServices;

namespace Fleet.Cli;

/// <summary>Ctrl-C and SIGTERM. An interrupt ends the command, unless the command has taken the first one for itself, e.g. to pause a run; SIGTERM always ends it.</summary>
public sealed class Interrupts : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _leave = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private Action? _first;

    /// <summary>Cancelled when the command shall end.</summary>
    public CancellationToken Token => _leave.Token;

    /// <summary>The interrupts of this process.</summary>
    public static Interrupts OfProcess()
    {
        var interrupts = new Interrupts();
        interrupts._signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            interrupts.Interrupt();
        }));
        interrupts._signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            interrupts.Leave();
        }));
        return interrupts;
    }

    /// <summary>Takes the next interrupt for something else than the end; those after it end the command.</summary>
    public void TakeNext(Action instead)
    {
        lock (_gate)
        {
            _first = instead;
        }
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt()
    {
        Action? instead;
        lock (_gate)
        {
            (instead, _first) = (_first, null);
        }

        if (instead is null)
        {
            Leave();
        }
        else
        {
            instead();
        }
    }

    /// <summary>What SIGTERM does.</summary>
    public void Leave() => _leave.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _leave.Dispose();
    }
}
