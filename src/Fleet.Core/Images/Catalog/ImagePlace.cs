namespace Fleet.Core.Images.Catalog;

/// <summary>An account in a region, and as whom it is reached.</summary>
/// <param name="Account">The account; calls under another one are refused.</param>
/// <param name="Region">Region.</param>
/// <param name="RoleArn">Role to assume; null: the service's own credentials.</param>
/// <param name="ExternalId">External id of that role's trust policy; null for none.</param>
public sealed record ImagePlace(string Account, string Region, string? RoleArn = null, string? ExternalId = null);
