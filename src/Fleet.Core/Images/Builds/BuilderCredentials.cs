namespace Fleet.Core.Images.Builds;

/// <summary>Credentials that a builder signs its calls with. As a text they are their id alone.</summary>
/// <param name="AccessKeyId">Id of the access key.</param>
/// <param name="SecretAccessKey">The secret.</param>
/// <param name="SessionToken">Token of the session; null for credentials of a user.</param>
/// <param name="Expires">When they end, and others are to be asked for before; null for never.</param>
public sealed record BuilderCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken, DateTimeOffset? Expires)
{
    /// <inheritdoc/>
    public override string ToString() => AccessKeyId;
}
