namespace Fleet.Cli.Tests;

/// <summary>A command that runs in a terminal of its own: what it has printed so far can be waited for, and it can be interrupted.</summary>
internal sealed class Terminal : IAsyncDisposable
{
    private readonly TextSignal _output = new();
    private readonly TextSignal _error = new();
    private readonly Interrupts _interrupts = new();

    public Terminal(Func<StringWriter, StringWriter, Interrupts, Task<Ran>> start) => Ended = start(_output, _error, _interrupts);

    /// <summary>Ends with the command.</summary>
    public Task<Ran> Ended { get; }

    /// <summary>Waits until the command has printed a text; fails when it ends without.</summary>
    public async Task PrintsAsync(string text)
    {
        var printed = Task.WhenAny(_output.Contains(text), _error.Contains(text));
        if (await Task.WhenAny(printed, Ended) != printed)
        {
            var ran = await Ended;
            (ran.Output + ran.Error).ShouldContain(text);
        }
    }

    /// <summary>What it has printed so far.</summary>
    public string Output => _output.ToString();

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => _interrupts.Interrupt();

    /// <summary>SIGTERM: the command leaves what it does.</summary>
    public void Leave() => _interrupts.Leave();

    public async ValueTask DisposeAsync()
    {
        Leave();
        await Ended;
        _interrupts.Dispose();
        await _output.DisposeAsync();
        await _error.DisposeAsync();
    }
}
