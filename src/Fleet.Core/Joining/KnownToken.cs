namespace Fleet.Core.Joining;

/// <summary>A bootstrap token as its Secret in the cluster shows it.</summary>
/// <param name="Token">The token.</param>
/// <param name="IsFleets">Whether it bears Fleet's label; others are left alone.</param>
/// <param name="Uid">The Secret's uid, by which only this one is removed.</param>
public sealed record KnownToken(BootstrapToken Token, bool IsFleets, string Uid);
