namespace Fleet.Core.Access;

/// <summary>A bucket for the audit log's heads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Prefix">What the keys begin with, without the last slash; null: nothing.</param>
/// <param name="Region">Its region.</param>
/// <param name="KmsKey">The KMS key under which objects are encrypted; null: as the bucket has it.</param>
/// <param name="Endpoint">Address of another service that speaks S3; null: Amazon S3.</param>
public sealed record AuditBucket(string Name, string? Prefix, string Region, string? KmsKey, Uri? Endpoint);
