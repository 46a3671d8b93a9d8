using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace Fleet.Aws.Tests.Servers;

/// <summary>The three keys of one test on a server, made by the official client; each is named by an alias.</summary>
internal sealed class ServerKeys(AmazonKeyManagementServiceClient client, string name) : IDisposable
{
    private readonly List<string> _made = [];

    public string Encrypting => $"alias/{name}";

    public string Disabled => $"alias/{name}-disabled";

    public string Signing => $"alias/{name}-signing";

    public static string GranteeIn(string account) => $"arn:aws:iam::{account}:role/fleet-test";

    public async Task MakeAsync(string account)
    {
        // Said, since moto keeps what it is told and knows no default.
        var key = await MakeAsync(Encrypting, new CreateKeyRequest
        {
            KeyUsage = KeyUsageType.ENCRYPT_DECRYPT,
            Policy = $$"""{"Version":"2012-10-17","Id":"fleet-contract","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{account}}:root"},"Action":"kms:*","Resource":"*"}]}""",
        });
        await client.CreateGrantAsync(new CreateGrantRequest { KeyId = key, GranteePrincipal = GranteeIn(account), Operations = ["Decrypt", "DescribeKey"] });
        await client.CreateGrantAsync(new CreateGrantRequest
        {
            KeyId = key,
            GranteePrincipal = GranteeIn(account),
            Operations = ["CreateGrant"],
            Constraints = new GrantConstraints { EncryptionContextSubset = new() { ["aws:ebs:id"] = "vol-1" } },
        });
        await client.DisableKeyAsync(new DisableKeyRequest { KeyId = await MakeAsync(Disabled, new CreateKeyRequest()) });
        await MakeAsync(Signing, new CreateKeyRequest { KeyUsage = KeyUsageType.SIGN_VERIFY, KeySpec = KeySpec.RSA_2048 });
    }

    /// <summary>Keys are kept for a week at least.</summary>
    public async Task RemoveAsync()
    {
        foreach (var alias in (string[])[Encrypting, Disabled, Signing])
        {
            await client.DeleteAliasAsync(new DeleteAliasRequest { AliasName = alias });
        }

        foreach (var key in _made)
        {
            await client.ScheduleKeyDeletionAsync(new ScheduleKeyDeletionRequest { KeyId = key, PendingWindowInDays = 7 });
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<string> MakeAsync(string alias, CreateKeyRequest request)
    {
        var made = (await client.CreateKeyAsync(request)).KeyMetadata.KeyId;
        _made.Add(made);
        await client.CreateAliasAsync(new CreateAliasRequest { AliasName = alias, TargetKeyId = made });
        return made;
    }
}
