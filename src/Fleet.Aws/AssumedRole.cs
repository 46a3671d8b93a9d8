using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Fleet.Aws;

/// <summary>Temporary credentials of a role, assumed anew before they end.</summary>
/// <param name="tokens">The token service, called with the credentials that may assume the role.</param>
/// <param name="options">Role, external id and name of the session.</param>
internal sealed class AssumedRole(IAmazonSecurityTokenService tokens, AwsOptions options) : RefreshingAWSCredentials
{
    /// <inheritdoc/>
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var request = new AssumeRoleRequest { RoleArn = options.RoleArn, RoleSessionName = options.Session, ExternalId = options.ExternalId };
        var assumed = await tokens.AssumeRoleAsync(request).ConfigureAwait(false);
        var given = assumed.Credentials;
        return new CredentialsRefreshState(
            new ImmutableCredentials(given.AccessKeyId, given.SecretAccessKey, given.SessionToken), given.Expiration ?? throw new AmazonClientException($"the credentials of {options.RoleArn} say nothing of when they end"));
    }
}
