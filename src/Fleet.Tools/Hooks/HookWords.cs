using System.Text;

namespace Fleet.Tools.Hooks;

/// <summary>What a hook's command says, as much of it as counts.</summary>
/// <param name="secrets">What must not be repeated.</param>
internal sealed class HookWords(IEnumerable<string> secrets)
{
    private const int Most = 4096;
    private const int Quoted = 500;

    private readonly string[] _secrets = [.. secrets.Where(secret => secret.Length > 0)];
    private readonly StringBuilder _answer = new();
    private readonly Queue<string> _errors = new();

    /// <summary>What it printed, its beginning at least.</summary>
    public string Answer
    {
        get
        {
            lock (_errors)
            {
                return _answer.ToString();
            }
        }
    }

    /// <summary>The last that it said on standard error, on one line.</summary>
    public string Complaint
    {
        get
        {
            lock (_errors)
            {
                var all = _secrets.Aggregate(string.Join(" | ", _errors), (text, secret) => text.Replace(secret, "***", StringComparison.Ordinal));
                return all.Length == 0 ? "it said nothing on standard error" : new string([.. all[Math.Max(0, all.Length - Quoted)..].Select(one => char.IsControl(one) ? ' ' : one)]);
            }
        }
    }

    public void Hear(string line)
    {
        lock (_errors)
        {
            if (_answer.Length < Most)
            {
                _answer.Append(line[..Math.Min(line.Length, Most)]).Append('\n');
            }
        }
    }

    public void HearError(string line)
    {
        lock (_errors)
        {
            _errors.Enqueue(line[..Math.Min(line.Length, Most)]);
            while (_errors.Count > 5)
            {
                _errors.Dequeue();
            }
        }
    }
}
