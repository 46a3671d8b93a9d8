using System.Collections.Immutable;

namespace Fleet.Core.Images.Keys;

/// <summary>A grant on a key (AWS KMS, "Grants in AWS KMS").</summary>
/// <param name="Grantee">ARN of who may use the key by it.</param>
/// <param name="Operations">For which operations, e.g. <c>CreateGrant</c>.</param>
/// <param name="IsConstrained">Whether it holds for some encryption contexts alone.</param>
public sealed record KeyGrant(string Grantee, ImmutableArray<string> Operations, bool IsConstrained);
