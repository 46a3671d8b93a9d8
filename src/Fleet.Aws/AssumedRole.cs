using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Fleet.Aws;

/// <summary>Temporary credentials of a role, assumed anew before they end.</summary>
internal sealed class AssumedRole : RefreshingAWSCredentials
{
    private readonly IAmazonSecurityTokenService _tokens;
    private readonly AwsOptions _options;

    /// <param name="tokens">The token service, called with the credentials that may assume the role.</param>
    /// <param name="options">Role, external id and name of the session.</param>
    public AssumedRole(IAmazonSecurityTokenService tokens, AwsOptions options)
    {
        (_tokens, _options) = (tokens, options);

        // A builder gives up the ones that it has five minutes before they end, and must get others then.
        PreemptExpiryTime = TimeSpan.FromMinutes(10);
    }

    /// <inheritdoc/>
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var request = new AssumeRoleRequest { RoleArn = _options.RoleArn, RoleSessionName = _options.Session, ExternalId = _options.ExternalId };
        var assumed = await _tokens.AssumeRoleAsync(request).ConfigureAwait(false);
        var given = assumed.Credentials;
        return new CredentialsRefreshState(
            new ImmutableCredentials(given.AccessKeyId, given.SecretAccessKey, given.SessionToken), given.Expiration ?? throw new AmazonClientException($"the credentials of {_options.RoleArn} say nothing of when they end"));
    }
}
