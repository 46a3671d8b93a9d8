using Fleet.Core.Images.Keys;
using Fleet.Core.Tests.Promotions;
using Fleet.Simulation.Cloud;
using static Fleet.Core.Tests.Images.Keys.WorldKeys;

namespace Fleet.Core.Tests.Images.Keys;

/// <summary>Whether Auto Scaling may launch with a key (Amazon EC2 Auto Scaling, "Required AWS KMS key policy for use with encrypted volumes").</summary>
public sealed class KeyLaunchesTests
{
    private const string Own = PromotionStage.Account;
    private const string Friend = PromotionStage.Friend;
    private const string Arn = $"arn:aws:kms:eu-central-1:{Own}:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private const string Uses = "\"kms:Encrypt\",\"kms:Decrypt\",\"kms:ReEncrypt*\",\"kms:GenerateDataKey*\",\"kms:DescribeKey\"";

    private static readonly string Root = Allow($"arn:aws:iam::{Own}:root", "\"kms:*\"");

    /// <summary>The two statements of the page.</summary>
    private static readonly string[] Page = [Allow(Role(Own), Uses), Allow(Role(Own), "\"kms:CreateGrant\"", """{"Bool":{"kms:GrantIsForAWSResource":true}}""")];

    [Fact]
    public void The_default_policy_leaves_it_to_policies_that_a_service_linked_role_does_not_have()
    {
        var fault = Judge(Policy(Root)).Faults.ShouldHaveSingleItem();

        (fault.Code, fault.Region).ShouldBe(("kms-key-no-launch", "eu-central-1"));
        fault.Sentence.ShouldBe(
            $"no launch of Auto Scaling in account {Own} from images that are encrypted with key alias/images in eu-central-1 can succeed: {Role(Own)} lacks kms:CreateGrant, kms:Decrypt, kms:DescribeKey, kms:GenerateDataKeyWithoutPlaintext, kms:ReEncryptFrom, kms:ReEncryptTo on {Arn}");
        fault.Cure.ShouldContain($"aws kms create-grant --region eu-central-1 --key-id {Arn} --grantee-principal {Role(Own)} --operations CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo");
    }

    [Fact]
    public void The_statements_of_the_page_are_enough_and_either_alone_is_not()
    {
        Passes(Judge(Policy([Root, .. Page])));
        Judge(Policy(Root, Page[0])).Faults.ShouldHaveSingleItem().Value.ShouldBe("without kms:CreateGrant");
        Judge(Policy(Root, Page[1])).Faults.ShouldHaveSingleItem().Value.ShouldNotContain("CreateGrant");
    }

    [Fact]
    public void Grants_and_statements_add_up()
    {
        Passes(Judge(Policy(Root, Page[0]), Grant(Own, "CreateGrant")));
        Passes(Judge(Policy(Root), Grant(Own, "CreateGrant"), Grant(Own, "Decrypt", "DescribeKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo")));
        Judge(Policy(Root), Grant(Own, "Decrypt")).Faults.ShouldHaveSingleItem().Value.ShouldBe("without kms:CreateGrant, kms:DescribeKey, kms:GenerateDataKeyWithoutPlaintext, kms:ReEncryptFrom, kms:ReEncryptTo");
    }

    [Fact]
    public void Each_account_that_launches_needs_its_own_grant()
    {
        Passes(Judge([Own, Friend], Policy(Root), Grant(Own), Grant(Friend)));

        var fault = Judge([Own, Friend], Policy(Root), Grant(Own)).Faults.ShouldHaveSingleItem();

        fault.Sentence.ShouldContain($"in account {Friend}");
        fault.Allowed.ShouldBe("a grant");
        fault.Cure.ShouldStartWith($"have the key's policy let account {Friend} make grants (kms:CreateGrant), and there aws kms create-grant");
    }

    [Fact]
    public void An_account_that_builds_for_others_need_not_launch_itself()
    {
        var (faults, notes) = Judge([Own, Friend], Policy(Root), Grant(Friend));

        faults.ShouldBeEmpty();
        notes.ShouldHaveSingleItem().ShouldEndWith("that is right where the account builds for others alone");
    }

    /// <summary>Of another account both sides must allow it, and nobody can add to the role's own policies.</summary>
    [Fact]
    public void A_statement_for_another_accounts_role_is_not_enough() => Judge([Friend], Policy(Allow(Role(Friend), "\"kms:*\""))).Faults.ShouldHaveSingleItem().Code.ShouldBe("kms-key-no-launch");

    [Theory]
    [InlineData("""{"StringEquals":{"kms:ViaService":"ec2.eu-central-1.amazonaws.com"}}""")]
    [InlineData("""{"Bool":{"kms:GrantIsForAWSResource":true},"StringEquals":{"aws:PrincipalOrgID":"o-1"}}""")]
    public void What_hangs_on_a_condition_cannot_be_told(string condition)
    {
        var (faults, notes) = Judge(Policy(Root, Allow(Role(Own), "\"kms:*\"", condition)));

        faults.ShouldBeEmpty();
        notes.ShouldHaveSingleItem().ShouldStartWith($"whether Auto Scaling in account {Own} may use key alias/images in eu-central-1 cannot be told");
    }

    [Fact]
    public void A_constrained_grant_cannot_be_told()
    {
        var (faults, notes) = Judge(Policy(Root), Grant(Own) with { Context = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("aws:ebs:id", "vol-1") });

        faults.ShouldBeEmpty();
        notes.ShouldHaveSingleItem().ShouldContain("of a grant to");
    }

    [Fact]
    public void A_refusal_of_the_policy_wins_over_grants()
    {
        Judge(Policy(Root, """{"Effect":"Deny","Principal":"*","Action":"kms:CreateGrant","Resource":"*"}"""), Grant(Own)).Faults.ShouldHaveSingleItem().Value.ShouldBe("without kms:CreateGrant");
        Judge(Policy(Root, $$"""{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::{{Own}}:root"},"NotAction":["kms:Describe*","kms:CreateGrant"],"Resource":"*"}"""), Grant(Own)).Faults.ShouldHaveSingleItem().Value.ShouldNotContain("CreateGrant");
        Passes(Judge(Policy(Root, $$"""{"Effect":"Deny","NotPrincipal":{"AWS":"{{Role(Own)}}"},"Action":"kms:*","Resource":"*"}"""), Grant(Own)));

        var (faults, notes) = Judge(Policy(Root, """{"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}}"""), Grant(Own));
        faults.ShouldBeEmpty();
        notes.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"Statement":["x"]}""")]
    public void A_policy_in_no_known_form_is_no_reason_to_refuse(string policy) => Judge(policy).Notes.ShouldHaveSingleItem().ShouldContain("its policy is not in a form that Fleet reads");

    /// <summary>Amazon EC2 Auto Scaling, "Service-linked roles": groups may have one of a suffix instead.</summary>
    [Fact]
    public void A_role_of_a_suffix_is_noted_and_not_refused()
    {
        var (faults, notes) = Judge(Policy(Root, Allow($"{Role(Own)}_images", "\"kms:*\"")));

        faults.ShouldBeEmpty();
        notes.ShouldHaveSingleItem().ShouldContain("AWSServiceRoleForAutoScaling_images alone may use");
    }

    private static void Passes((IReadOnlyList<KeyFault> Faults, IReadOnlyList<string> Notes) judged)
    {
        judged.Faults.ShouldBeEmpty();
        judged.Notes.ShouldBeEmpty();
    }

    private static string Allow(string principal, string actions, string? condition = null) =>
        $$"""{"Effect":"Allow","Principal":{"AWS":"{{principal}}"},"Action":[{{actions}}],"Resource":"*"{{(condition is null ? "" : $",\"Condition\":{condition}")}} }""";

    private static (IReadOnlyList<KeyFault> Faults, IReadOnlyList<string> Notes) Judge(string policy, params EncryptionGrant[] grants) => Judge([Own], policy, grants);

    private static (IReadOnlyList<KeyFault> Faults, IReadOnlyList<string> Notes) Judge(string[] accounts, string policy, params EncryptionGrant[] grants)
    {
        var recipe = PromotionStage.Worker with { Account = accounts[0], ShareWith = [.. accounts[1..]] };
        var look = new KeyLook
        {
            Key = new KmsKey(Arn, KmsKey.Enabled, IsAwsManaged: false, KmsKey.Encrypts, KmsKey.Symmetric),
            Grants = [.. grants.Select(grant => new KeyGrant(grant.Grantee, grant.Operations, !grant.Context.IsEmpty))],
            Policy = policy,
        };
        var finding = KeyRules.Judge(recipe, "eu-central-1", Alias, look);
        return (finding.Faults, finding.Notes);
    }
}
