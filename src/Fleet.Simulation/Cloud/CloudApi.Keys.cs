using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Cloud;

public sealed partial class CloudApi
{
    /// <summary>KMS: a key by id, alias or ARN.</summary>
    public EncryptionKey DescribeKey(string key) => Read(nameof(DescribeKey), key, () => KeyOf(key));

    /// <summary>KMS: the grants on a key by id or ARN, at most 100 a page.</summary>
    public Page<EncryptionGrant> ListGrants(string key, string? marker = null, int limit = 50) => Read(nameof(ListGrants), key, () =>
        PageOf(KeyOf(WithoutAlias(key)).Grants, grant => grant.Id, marker, Math.Min(limit, 100), () => new CallRefusedException(BadRequest, "InvalidMarkerException", "The marker is not valid.")));

    /// <summary>KMS: the policy of a key by id or ARN; another account's is not shown.</summary>
    public string GetKeyPolicy(string key) => Read(nameof(GetKeyPolicy), key, () =>
    {
        var found = KeyOf(WithoutAlias(key));
        return found.Account is { } other && other != Cloud.Account
            ? throw new CallRefusedException(BadRequest, "AccessDeniedException", $"User: arn:aws:iam::{Cloud.Account}:user/{caller} is not authorized to perform: kms:GetKeyPolicy on resource: {Cloud.ArnOf(found)}")
            : found.Policy ?? $$"""{"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Cloud.Account}}:root"},"Action":"kms:*","Resource":"*"}]}""";
    });

    private static string WithoutAlias(string key) => key.Contains("alias/", StringComparison.Ordinal) ? throw NoKey($"Invalid keyId {key}") : key;

    private static CallRefusedException NoKey(string message) => new(BadRequest, "NotFoundException", message);

    private EncryptionKey KeyOf(string key) => Cloud.FindKey(key) ?? throw NoKey(
        key.Contains("alias/", StringComparison.Ordinal) ? $"Alias arn:aws:kms:{Cloud.Region}:{Cloud.Account}:{key[key.IndexOf("alias/", StringComparison.Ordinal)..]} is not found." : $"Key '{(key.StartsWith("arn:", StringComparison.Ordinal) ? key : $"arn:aws:kms:{Cloud.Region}:{Cloud.Account}:key/{key}")}' does not exist");
}
