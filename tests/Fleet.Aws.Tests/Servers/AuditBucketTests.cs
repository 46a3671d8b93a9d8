using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Sdk.Tests.Wire;

namespace Fleet.Aws.Tests.Servers;

/// <summary>The audit log's heads in a bucket of a server that others wrote, read back by the aws command.</summary>
[Collection(CloudServerCollection.Name)]
public sealed class AuditBucketTests(CloudServer server) : IAsyncLifetime
{
    private readonly string _bucket = $"fleet-test-{Guid.NewGuid():n}";
    private readonly AwsCli _aws = new(server.Endpoint.AbsoluteUri);

    public Task InitializeAsync() => _aws.RunAsync("s3api", "create-bucket", "--bucket", _bucket, "--object-lock-enabled-for-bucket", "--create-bucket-configuration", $"LocationConstraint={AwsCli.Region}");

    public async Task DisposeAsync()
    {
        foreach (var version in await VersionsAsync())
        {
            await _aws.RunAsync("s3api", "delete-object", "--bucket", _bucket, "--key", (string)version["Key"]!, "--version-id", (string)version["VersionId"]!);
        }

        await _aws.RunAsync("s3api", "delete-bucket", "--bucket", _bucket);
    }

    [Fact]
    public async Task What_was_put_is_read_back_and_nothing_takes_its_place()
    {
        using var bucket = Bucket("fleet/prod");
        (await bucket.PutAsync("2026/11/21/15-00-00-7.json", "{\"hash\":\"aa\"}", CancellationToken.None)).ShouldBeTrue();
        (await bucket.PutAsync("2026/11/21/15-00-00-7.json", "{\"hash\":\"bb\"}", CancellationToken.None)).ShouldBeFalse();

        (await _aws.RunAsync("s3", "cp", $"s3://{_bucket}/fleet/prod/2026/11/21/15-00-00-7.json", "-")).Trim().ShouldBe("{\"hash\":\"aa\"}");
        ((string?)(await VersionsAsync()).ShouldHaveSingleItem()["Key"]).ShouldBe("fleet/prod/2026/11/21/15-00-00-7.json");
        bucket.Place.ShouldBe($"s3://{_bucket}");
    }

    [Fact]
    public async Task It_is_encrypted_under_the_key_that_is_named()
    {
        using var bucket = Bucket(null, "alias/audit");
        await bucket.PutAsync("7.json", "{}", CancellationToken.None);

        var head = JsonNode.Parse(await _aws.RunAsync("s3api", "head-object", "--bucket", _bucket, "--key", "7.json"))!;
        ((string?)head["ServerSideEncryption"], ((string?)head["SSEKMSKeyId"])?.EndsWith("alias/audit", StringComparison.Ordinal), (string?)head["ContentType"]).ShouldBe(("aws:kms", true, "application/json"));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named_as_the_reason()
    {
        using var bucket = new AwsAuditBucket(new AuditBucket("fleet-test-nowhere", null, AwsCli.Region, null, null), Options(), TimeProvider.System);
        (await Should.ThrowAsync<AuditArchiveException>(() => bucket.PutAsync("7.json", "{}", CancellationToken.None))).Message.ShouldContain("NoSuchBucket");
    }

    /// <summary>All versions: a bucket with Object Lock has versions, so that what took another's place would be seen.</summary>
    private async Task<List<JsonNode>> VersionsAsync()
    {
        var listed = (await _aws.RunAsync("s3api", "list-object-versions", "--bucket", _bucket)).Trim();
        return listed.Length == 0 ? [] : [.. (JsonNode.Parse(listed)!["Versions"]?.AsArray() ?? []).OfType<JsonNode>()];
    }

    private AwsAuditBucket Bucket(string? prefix, string? key = null) => new(new AuditBucket(_bucket, prefix, AwsCli.Region, key, server.Endpoint), Options(), TimeProvider.System);

    private AwsOptions Options() => new() { Region = AwsCli.Region, Endpoint = server.Endpoint, AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "secret", Retries = 0 };
}
