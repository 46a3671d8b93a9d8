namespace Fleet.Core.Hooks;

/// <summary>Where no settings name any hook.</summary>
public sealed class NoHooks : IHooks
{
    /// <summary>The one there is.</summary>
    public static NoHooks Instance { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => [];

    /// <inheritdoc/>
    public Task<string> ReadAsync(HookCall call, CancellationToken cancellationToken) => Task.FromException<string>(Unknown(call));

    /// <inheritdoc/>
    public Task WriteAsync(HookCall call, string value, string before, CancellationToken cancellationToken) => Task.FromException(Unknown(call));

    private static HookFailedException Unknown(HookCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return new(HookFailedException.Unknown, $"no settings name the hook '{call.Name}'");
    }
}
