namespace Fleet.Simulation.Cloud;

/// <summary>Answer of GetCallerIdentity.</summary>
/// <param name="Account">Account id.</param>
/// <param name="Arn">The caller's ARN.</param>
/// <param name="UserId">The caller's id.</param>
public sealed record CallerIdentity(string Account, string Arn, string UserId);
