namespace Fleet.Hosting.Settings;

/// <summary>Where a secret is; one of the two.</summary>
/// <param name="File">Path of a file that holds nothing else.</param>
/// <param name="Variable">An environment variable of the service.</param>
public sealed record SecretSource(string? File, string? Variable);
