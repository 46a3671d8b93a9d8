namespace Fleet.Core.Images.Sweep;

/// <summary>Where uses could not be looked for: nothing that could be in use there goes.</summary>
/// <param name="Account">Account.</param>
/// <param name="Region">Region; null for all of the account's.</param>
/// <param name="Why">What was refused or did not answer.</param>
public sealed record UnreadPlace(string Account, string? Region, string Why);
