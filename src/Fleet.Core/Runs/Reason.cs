namespace Fleet.Core.Runs;

/// <summary>Why something waits, stops or is refused. The same reason feeds status, journal, log, CLI and API.</summary>
public sealed record Reason
{
    /// <summary>Stable code, e.g. <c>budget-exhausted</c>.</summary>
    public required string Code { get; init; }

    /// <summary>One sentence for a person.</summary>
    public required string Sentence { get; init; }

    /// <summary>The object concerned, e.g. <c>poddisruptionbudget shop/cart</c>.</summary>
    public required string Object { get; init; }

    /// <summary>The limit that binds, e.g. <c>minAvailable 2</c>; null when none does.</summary>
    public string? Limit { get; init; }

    /// <summary>The value found, e.g. <c>2 healthy</c>.</summary>
    public string? Value { get; init; }

    /// <summary>What would cure it.</summary>
    public string? Cure { get; init; }

    /// <summary>The node it is about, when it is about one.</summary>
    public string? Node { get; init; }
}
