namespace Fleet.Core.Hooks;

/// <summary>
/// Places outside of AWS and the cluster that name a pool's image, too: helm values, a file in git. Each holds one text, which can be read and written; so what a rotation has written can be held to, and its inverse is to write
/// what was there before. Implementations are safe for several threads.
/// </summary>
public interface IHooks
{
    /// <summary>The hooks that there are.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>What the place holds; empty where it holds nothing yet. Changes nothing.</summary>
    /// <param name="call">Which hook, for which pool.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HookFailedException">It cannot be told.</exception>
    Task<string> ReadAsync(HookCall call, CancellationToken cancellationToken);

    /// <summary>Writes a value; where the place holds it already nothing changes. Whether a write that failed was made is told by reading.</summary>
    /// <param name="call">Which hook, for which pool.</param>
    /// <param name="value">What the place shall hold; empty for nothing.</param>
    /// <param name="before">What it was seen to hold.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HookFailedException">It was not written, or nobody can tell.</exception>
    Task WriteAsync(HookCall call, string value, string before, CancellationToken cancellationToken);
}
