namespace Fleet.Cli.Tests;

/// <summary>Output that tells when a text is in it; safe to be written to and asked at once.</summary>
internal sealed class TextSignal : StringWriter
{
    private readonly Lock _gate = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    /// <summary>Ends when the text has been written.</summary>
    public Task Contains(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _awaited.Add((text, seen));
            Tell();
        }

        return seen.Task;
    }

    public override void Write(char value)
    {
        lock (_gate)
        {
            base.Write(value);
            Tell();
        }
    }

    public override void Write(char[] buffer, int index, int count)
    {
        lock (_gate)
        {
            base.Write(buffer, index, count);
            Tell();
        }
    }

    public override void Write(string? value)
    {
        lock (_gate)
        {
            base.Write(value);
            Tell();
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return base.ToString();
        }
    }

    private void Tell()
    {
        var text = base.ToString();
        foreach (var (_, seen) in _awaited.Where(one => text.Contains(one.Text)))
        {
            seen.TrySetResult();
        }

        _awaited.RemoveAll(one => one.Seen.Task.IsCompleted);
    }
}
