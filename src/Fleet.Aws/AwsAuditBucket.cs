using Amazon.S3;
using Amazon.S3.Model;
using Fleet.Core.Access;
using Fleet.Core.Rotations;

namespace Fleet.Aws;

/// <summary>
/// An S3 bucket for the audit log's heads. Each is written where there is none of its name yet (Amazon S3, "How to prevent object overwrites with conditional writes"), with a checksum, as a bucket with Object Lock demands
/// (Amazon S3, "Considerations for Object Lock").
/// </summary>
public sealed class AwsAuditBucket : IAuditArchive
{
    private const string Action = "s3:PutObject";

    private readonly AmazonS3Client _client;
    private readonly AwsCalls _calls;
    private readonly AuditBucket _bucket;

    /// <summary>Prepares the client; nothing is sent before the first use.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="options">How it is reached. What it says of roles is not used: the bucket is the service's own, not a cluster's.</param>
    /// <param name="wall">The wall clock.</param>
    public AwsAuditBucket(AuditBucket bucket, AwsOptions options, TimeProvider wall)
    {
        ArgumentNullException.ThrowIfNull(options);
        CallTelemetryCustomizer.Register();
        var configuration = AwsAccount.Configured(new AmazonS3Config { ForcePathStyle = options.Endpoint is not null }, options);
        (_bucket, _calls) = (bucket, new AwsCalls(new CallBudget(wall)));
        _client = AwsAccount.CredentialsOf(options) is { } credentials ? new AmazonS3Client(credentials, configuration) : new AmazonS3Client(configuration);
    }

    /// <inheritdoc/>
    public string Place => $"s3://{_bucket.Name}";

    /// <inheritdoc/>
    public async Task<bool> PutAsync(string name, string json, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = _bucket.Name,
            Key = $"{(_bucket.Prefix is { } prefix ? $"{prefix}/" : "")}{name}",
            ContentBody = json,
            ContentType = "application/json",
            IfNoneMatch = "*",
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
        };
        if (_bucket.KmsKey is { } key)
        {
            (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = (ServerSideEncryptionMethod.AWSKMS, key);
        }

        try
        {
            await _calls.MakeAsync(Action, () => _client.PutObjectAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CloudRefusedException there) when (AwsCalls.Is(there, "PreconditionFailed"))
        {
            return false;
        }
        catch (CloudRefusedException refused)
        {
            throw new AuditArchiveException(refused.Message, refused);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
