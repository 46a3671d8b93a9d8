namespace Fleet.Core.Joining;

/// <summary>The token that new nodes find.</summary>
/// <param name="Id">Its public half.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Renewed">Whether it was put there just now.</param>
public sealed record KeptToken(string Id, DateTimeOffset Expires, bool Renewed);
