using System.Collections.Immutable;
using Fleet.Core.Images.Sweep;
using Fleet.Hosting.Retirement;

namespace Fleet.Service.Images;

/// <summary>Looks for callers which images stay or go. A look takes hundreds of calls of accounts whose limits rotations need, too: one at a time, and who asks for the same meanwhile shares it.</summary>
internal sealed class SweepLooks(SweepHost host, CancellationToken stopping) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<ImmutableArray<ImageVerdict>>> _underWay = new(StringComparer.Ordinal);

    /// <summary>The verdicts as they stand now.</summary>
    /// <param name="parameters">Paths of parameters that hold image ids, beside Fleet's own.</param>
    /// <param name="cancellationToken">Ends the wait; the look goes on for others.</param>
    public Task<ImmutableArray<ImageVerdict>> LookAsync(IReadOnlyList<string> parameters, CancellationToken cancellationToken)
    {
        var asked = string.Join(',', parameters.Order(StringComparer.Ordinal));
        lock (_gate)
        {
            if (!_underWay.TryGetValue(asked, out var look))
            {
                _underWay[asked] = look = Task.Run(() => LookAloneAsync(asked, parameters), CancellationToken.None);
            }

            return look.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<ImmutableArray<ImageVerdict>> LookAloneAsync(string asked, IReadOnlyList<string> parameters)
    {
        try
        {
            await _one.WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                return await host.LookAsync(parameters, stopping).ConfigureAwait(false);
            }
            finally
            {
                _one.Release();
            }
        }
        finally
        {
            lock (_gate)
            {
                _underWay.Remove(asked);
            }
        }
    }
}
