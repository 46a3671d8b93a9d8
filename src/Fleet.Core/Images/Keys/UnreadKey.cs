namespace Fleet.Core.Images.Keys;

/// <summary>Something of a key that may not be read.</summary>
/// <param name="Permission">The permission that is missing, e.g. <c>kms:ListGrants</c>.</param>
/// <param name="Why">What AWS says.</param>
public sealed record UnreadKey(string Permission, string Why);
