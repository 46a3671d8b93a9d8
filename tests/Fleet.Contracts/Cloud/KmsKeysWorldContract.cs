using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Contracts.Cloud;

/// <summary>What only a world can show of keys: many grants, what AWS keeps, and refusals.</summary>
public abstract class KmsKeysWorldContract : KmsKeysContract
{
    private ICloudStage Stage => (ICloudStage)Account;

    [Fact]
    public async Task All_pages_of_grants_are_read()
    {
        lock (Stage.World.Gate)
        {
            Stage.World.Cloud.Put(StageWorld.Key with { Grants = [.. Enumerable.Range(0, 250).Select(number => new EncryptionGrant($"{number:x64}", $"arn:aws:iam::123456789012:role/r{number}", ["Decrypt"]))] });
        }

        var look = await Account.Keys.LookAsync(Facts.Key, None);

        look.Grants.ShouldNotBeNull().Select(grant => grant.Grantee).Distinct().Count().ShouldBe(250);
        Stage.Calls("ListGrants").Count.ShouldBe(3);
    }

    /// <summary>Its policy and grants are AWS's own.</summary>
    [Fact]
    public async Task Of_a_key_that_AWS_manages_no_more_is_asked()
    {
        lock (Stage.World.Gate)
        {
            Stage.World.Cloud.Put(new EncryptionKey { Id = "0a000000-0000-4000-8000-000000000001", Aliases = ["alias/aws/ebs"], Manager = "AWS" });
        }

        (await Account.Keys.LookAsync("alias/aws/ebs", None)).Key.ShouldNotBeNull().IsAwsManaged.ShouldBeTrue();
        Stage.Calls("ListGrants").ShouldBeEmpty();
        Stage.Calls("GetKeyPolicy").ShouldBeEmpty();
    }

    /// <summary>AWS KMS API, "GetKeyPolicy": no cross-account use.</summary>
    [Fact]
    public virtual async Task Of_another_accounts_key_the_policy_may_not_be_read()
    {
        var look = await Account.Keys.LookAsync(PutTheirs(), None);

        (look.Key.ShouldNotBeNull().Account, look.Grants.ShouldNotBeNull().Length, look.Policy).ShouldBe(("210987654321", 0, null));
        look.Unread.ShouldHaveSingleItem().Permission.ShouldBe("kms:GetKeyPolicy");
        (await Account.Keys.LookAsync("alias/theirs", None)).Key.ShouldBeNull();
    }

    [Theory]
    [InlineData("DescribeKey", false, false, false)]
    [InlineData("ListGrants", true, false, true)]
    [InlineData("GetKeyPolicy", true, true, false)]
    public async Task A_missing_permission_is_told_and_the_rest_is_read(string denied, bool key, bool grants, bool policy)
    {
        lock (Stage.World.Gate)
        {
            Stage.World.Faults.Deny(denied);
        }

        var look = await Account.Keys.LookAsync(Facts.Key, None);

        (look.Key is not null, look.Grants is not null, look.Policy is not null).ShouldBe((key, grants, policy));
        var unread = look.Unread.ShouldHaveSingleItem();
        unread.Permission.ShouldBe($"kms:{denied}");
        unread.Why.ShouldContain(denied);
    }

    [Fact]
    public async Task A_service_that_is_busy_is_no_missing_key()
    {
        lock (Stage.World.Gate)
        {
            Stage.World.Faults.Next("DescribeKey", WorldFaultKind.Throttled, times: 10);
        }

        await RefusedAsync(() => Account.Keys.LookAsync(Facts.Key, None), "busy", "kms:DescribeKey");
    }

    /// <summary>A key of another account that may be used from here.</summary>
    /// <returns>Its ARN.</returns>
    protected string PutTheirs()
    {
        var key = new EncryptionKey { Id = "0a000000-0000-4000-8000-000000000002", Account = "210987654321", Aliases = ["alias/theirs"] };
        lock (Stage.World.Gate)
        {
            Stage.World.Cloud.Put(key);
            return Stage.World.Cloud.ArnOf(key);
        }
    }
}
