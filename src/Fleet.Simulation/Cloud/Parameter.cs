namespace Fleet.Simulation.Cloud;

/// <summary>An SSM parameter.</summary>
/// <param name="Name">Name, usually a path.</param>
/// <param name="Value">Value.</param>
/// <param name="Type">String, StringList or SecureString.</param>
/// <param name="Version">Counts its changes, from 1.</param>
/// <param name="Modified">When it was last set.</param>
public sealed record Parameter(string Name, string Value, string Type, long Version, DateTimeOffset Modified)
{
    /// <summary>Type of those whose value is encrypted.</summary>
    public const string Secure = "SecureString";

    /// <summary>The key that encrypts a SecureString; null: the account's own.</summary>
    public string? KeyId { get; init; }

    /// <summary>What it is for; null when not given.</summary>
    public string? Description { get; init; }
}
