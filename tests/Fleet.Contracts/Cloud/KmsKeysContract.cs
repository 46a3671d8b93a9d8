using Fleet.Core.Images.Keys;

namespace Fleet.Contracts.Cloud;

/// <summary>What every account must tell of keys.</summary>
public abstract class KmsKeysContract : CloudSuite
{
    [Fact]
    public async Task A_key_is_found_by_alias_id_and_ARN_with_its_grants_and_its_policy()
    {
        var account = await Account.Keys.AccountAsync(None);
        var byAlias = await Account.Keys.LookAsync(Facts.Key, None);

        var key = byAlias.Key.ShouldNotBeNull();
        key.Arn.ShouldStartWith($"arn:aws:kms:{Facts.Region}:{account}:key/");
        (key.State, key.IsAwsManaged, key.Usage, key.Spec, key.Account, key.Partition).ShouldBe((KmsKey.Enabled, false, KmsKey.Encrypts, KmsKey.Symmetric, account, "aws"));
        byAlias.Unread.ShouldBeEmpty();
        byAlias.Grants.ShouldNotBeNull().Select(grant => (grant.Grantee, string.Join(' ', grant.Operations.Order(StringComparer.Ordinal)), grant.IsConstrained)).Order().ShouldBe(
            [(Facts.Grantee, "CreateGrant", true), (Facts.Grantee, "Decrypt DescribeKey", false)]);
        byAlias.Policy.ShouldNotBeNull().ShouldContain("fleet-contract");

        foreach (var name in (string[])[key.Arn, key.Arn.Split('/')[^1]])
        {
            var found = await Account.Keys.LookAsync(name, None);
            (found.Key, found.Policy, found.Grants?.Length).ShouldBe((byAlias.Key, byAlias.Policy, 2), name);
        }
    }

    [Fact]
    public async Task A_key_that_cannot_encrypt_says_so()
    {
        (await Account.Keys.LookAsync(Facts.DisabledKey, None)).Key.ShouldNotBeNull().State.ShouldBe("Disabled");
        var signs = (await Account.Keys.LookAsync(Facts.SigningKey, None)).Key.ShouldNotBeNull();
        (signs.Usage, signs.Spec).ShouldBe(("SIGN_VERIFY", "RSA_2048"));
    }

    [Theory]
    [InlineData("alias/nobody-made-it")]
    [InlineData("00000000-0000-4000-8000-000000000000")]
    public async Task A_key_that_is_not_there_is_no_error(string key)
    {
        var look = await Account.Keys.LookAsync(key, None);

        (look.Key, look.Grants, look.Policy).ShouldBe((null, null, null));
        look.Unread.ShouldBeEmpty();
    }
}
