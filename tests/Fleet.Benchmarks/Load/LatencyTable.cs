using System.Diagnostics;

namespace Fleet.Benchmarks.Load;

/// <summary>How long each kind of request took.</summary>
internal sealed class LatencyTable
{
    private readonly SortedDictionary<string, List<double>> _taken = new(StringComparer.Ordinal);

    /// <summary>Times a request to its last byte.</summary>
    public async Task TimeAsync(string kind, HttpClient client, string path)
    {
        var begun = Stopwatch.GetTimestamp();
        _ = await client.GetByteArrayAsync(new Uri(path, UriKind.Relative)).ConfigureAwait(false);
        if (!_taken.TryGetValue(kind, out var taken))
        {
            _taken.Add(kind, taken = []);
        }

        taken.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
    }

    public void Write(TextWriter output)
    {
        foreach (var (kind, taken) in _taken)
        {
            Line(kind, taken);
        }

        Line("all", [.. _taken.Values.SelectMany(taken => taken)]);

        void Line(string kind, List<double> taken)
        {
            taken.Sort();
            output.WriteLine($"    {kind,-28} {taken.Count,6} requests, p50 {At(0.50),7:0.0} ms, p99 {At(0.99),7:0.0} ms, longest {taken[^1],7:0.0} ms");

            double At(double share) => taken[(int)Math.Min(taken.Count - 1, share * taken.Count)];
        }
    }
}
