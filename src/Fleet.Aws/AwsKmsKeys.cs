using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Fleet.Core.Images.Keys;
using Fleet.Core.Rotations;

namespace Fleet.Aws;

/// <summary>The keys of an account and region over the wire.</summary>
internal sealed class AwsKmsKeys(IAmazonKeyManagementService client, IInstances caller, AwsCalls calls) : IKmsKeys
{
    private const int PageSize = 100;

    /// <summary>The one policy that a key can have (AWS KMS API, "GetKeyPolicy").</summary>
    private const string PolicyName = "default";

    /// <inheritdoc/>
    public Task<string> AccountAsync(CancellationToken cancellationToken) => caller.AccountAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<KeyLook> LookAsync(string key, CancellationToken cancellationToken)
    {
        var unread = new List<UnreadKey>();
        var found = await ReadAsync("kms:DescribeKey", () => DescribeAsync(key, cancellationToken), unread).ConfigureAwait(false);
        if (found is null or { IsAwsManaged: true })
        {
            return new KeyLook { Key = found, Unread = [.. unread] };
        }

        // Neither takes an alias.
        var grants = await ReadAsync("kms:ListGrants", () => GrantsAsync(found.Arn, cancellationToken), unread).ConfigureAwait(false);
        var policy = await ReadAsync("kms:GetKeyPolicy", () => PolicyAsync(found.Arn, cancellationToken), unread).ConfigureAwait(false);
        return new KeyLook { Key = found, Grants = grants is null ? null : [.. grants], Policy = policy, Unread = [.. unread] };
    }

    private static async Task<T?> ReadAsync<T>(string permission, Func<Task<T?>> read, List<UnreadKey> unread)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (CloudRefusedException refused) when (refused.Code == "denied")
        {
            unread.Add(new UnreadKey(permission, refused.Message));
            return null;
        }
    }

    private async Task<KmsKey?> DescribeAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var described = await calls.MakeAsync("kms:DescribeKey", () => client.DescribeKeyAsync(new DescribeKeyRequest { KeyId = key }, cancellationToken), cancellationToken).ConfigureAwait(false);
            var metadata = described.KeyMetadata;
            return new KmsKey(metadata.Arn, metadata.KeyState?.Value ?? "", metadata.KeyManager == KeyManagerType.AWS, metadata.KeyUsage?.Value ?? "", metadata.KeySpec?.Value ?? "");
        }
        catch (CloudRefusedException missing) when (missing.Code == "not-found")
        {
            return null;
        }
    }

    private async Task<List<KeyGrant>?> GrantsAsync(string arn, CancellationToken cancellationToken)
    {
        var grants = new List<KeyGrant>();
        var request = new ListGrantsRequest { KeyId = arn, Limit = PageSize };
        do
        {
            var page = await calls.MakeAsync("kms:ListGrants", () => client.ListGrantsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            grants.AddRange((page.Grants ?? []).Select(Of));
            request.Marker = page.Truncated == true ? page.NextMarker : null;
        }
        while (!string.IsNullOrEmpty(request.Marker));
        return grants;
    }

    private async Task<string?> PolicyAsync(string arn, CancellationToken cancellationToken) =>
        (await calls.MakeAsync("kms:GetKeyPolicy", () => client.GetKeyPolicyAsync(new GetKeyPolicyRequest { KeyId = arn, PolicyName = PolicyName }, cancellationToken), cancellationToken).ConfigureAwait(false)).Policy;

    private static KeyGrant Of(GrantListEntry grant) =>
        new(grant.GranteePrincipal ?? "", [.. grant.Operations ?? []], grant.Constraints is { EncryptionContextEquals.Count: > 0 } or { EncryptionContextSubset.Count: > 0 });
}
