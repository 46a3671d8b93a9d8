using Fleet.Aws;
using Fleet.Core.Access;

namespace Fleet.Hosting.Connections;

/// <summary>Opens what the audit log's heads are kept in.</summary>
public static class AuditArchives
{
    /// <summary>A bucket, with the service's own credentials (the SDK's chain); nothing is sent before the first use.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="wall">The wall clock.</param>
    public static IAuditArchive Open(AuditBucket bucket, TimeProvider wall)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return new AwsAuditBucket(bucket, new AwsOptions { Region = bucket.Region, Endpoint = bucket.Endpoint }, wall);
    }
}
