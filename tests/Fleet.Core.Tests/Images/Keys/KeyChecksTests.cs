using Fleet.Core.Images.Keys;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Tests.Promotions;
using Fleet.Simulation;
using Fleet.Simulation.Ports;

namespace Fleet.Core.Tests.Images.Keys;

/// <summary>A recipe's keys, looked at in a simulated account.</summary>
public sealed class KeyChecksTests
{
    private const string Own = PromotionStage.Account;
    private const string Friend = PromotionStage.Friend;
    private const string Id = "1234abcd-12ab-34cd-56ef-1234567890ab";

    private readonly World _world = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), seed: 5, Own);

    private static RecipeSpec Recipe { get; } = PromotionStage.Worker with { ShareWith = [], Regions = [PromotionStage.Home], KmsKeys = new Dictionary<string, string> { [PromotionStage.Home] = WorldKeys.Alias } };

    [Fact]
    public async Task A_key_that_encrypts_and_that_Auto_Scaling_may_use_passes_without_a_remark()
    {
        WorldKeys.Put(_world, PromotionStage.Home, [Own]);

        var finding = (await CheckAsync(Recipe)).Findings.ShouldHaveSingleItem();

        finding.Arn.ShouldBe($"arn:aws:kms:eu-central-1:{Own}:key/{Id}");
        finding.Faults.ShouldBeEmpty();
        finding.Notes.ShouldBeEmpty();
        _world.Log.Records.ShouldNotContain(call => call.Writes);
    }

    [Fact]
    public async Task A_recipe_without_keys_asks_nothing()
    {
        (await CheckAsync(Recipe with { KmsKeys = new Dictionary<string, string>() })).Findings.ShouldBeEmpty();
        _world.Log.Records.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Disabled", "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "kms-key-disabled", "key alias/images in eu-central-1 is disabled", "Disabled")]
    [InlineData("PendingDeletion", "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "kms-key-going", "key alias/images in eu-central-1 is about to be deleted", "PendingDeletion")]
    [InlineData("PendingImport", "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "kms-key-unusable", "key alias/images in eu-central-1 cannot be used: it is PendingImport", "PendingImport")]
    [InlineData("Enabled", "SIGN_VERIFY", "RSA_2048", "kms-key-kind", "key alias/images in eu-central-1 is RSA_2048 for SIGN_VERIFY, and Amazon EBS encrypts with symmetric keys alone", "RSA_2048 for SIGN_VERIFY")]
    [InlineData("Enabled", "GENERATE_VERIFY_MAC", "HMAC_256", "kms-key-kind", "key alias/images in eu-central-1 is HMAC_256 for GENERATE_VERIFY_MAC, and Amazon EBS encrypts with symmetric keys alone", "HMAC_256 for GENERATE_VERIFY_MAC")]
    public async Task A_key_that_cannot_encrypt_images_is_refused(string state, string usage, string spec, string code, string sentence, string value)
    {
        WorldKeys.Put(_world, PromotionStage.Home, [Own], key => key with { State = state, Usage = usage, Spec = spec });

        var fault = (await CheckAsync(Recipe)).Faults.ShouldHaveSingleItem();

        (fault.Code, fault.Sentence, fault.Value, fault.Field).ShouldBe((code, sentence, value, "spec.kmsKeys.eu-central-1"));
        fault.Cure.ShouldNotBeEmpty();
        fault.ToReason().Cure.ShouldBe(fault.Cure);
        fault.ToError().Message.ShouldBe($"spec.kmsKeys.eu-central-1: {sentence}; {fault.Cure}");
    }

    [Theory]
    [InlineData("arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", "kms-key-elsewhere", "is of us-east-1, and images in eu-central-1 need one of eu-central-1")]
    [InlineData("alias/imagse", "kms-key-missing", "account 123456789012 has no key alias/imagse in eu-central-1")]
    public async Task A_key_that_is_not_there_is_refused(string key, string code, string sentence)
    {
        WorldKeys.Put(_world, PromotionStage.Home, [Own]);

        var fault = (await CheckAsync(Recipe with { KmsKeys = new Dictionary<string, string> { [PromotionStage.Home] = key } })).Faults.ShouldHaveSingleItem();

        (fault.Code, fault.Value).ShouldBe((code, code == "kms-key-missing" ? key : "us-east-1"));
        fault.Sentence.ShouldContain(sentence);
    }

    [Fact]
    public async Task What_is_wrong_in_each_region_is_told_at_once()
    {
        WorldKeys.Put(_world, PromotionStage.Home, [Own], key => key with { State = "Disabled", Spec = "RSA_2048", Usage = "SIGN_VERIFY" });
        var regions = (string[])[PromotionStage.Home, PromotionStage.Away];

        var faults = (await CheckAsync(Recipe with { Regions = [.. regions], KmsKeys = regions.ToDictionary(region => region, _ => WorldKeys.Alias) })).Faults;

        faults.Select(fault => (fault.Region, fault.Code)).ShouldBe([(PromotionStage.Home, "kms-key-disabled"), (PromotionStage.Home, "kms-key-kind"), (PromotionStage.Away, "kms-key-missing")]);
    }

    /// <summary>Amazon EC2, "Share an AMI with specific AWS accounts".</summary>
    [Fact]
    public async Task A_key_that_AWS_manages_serves_the_account_alone()
    {
        WorldKeys.Put(_world, PromotionStage.Home, [], key => key with { Manager = "AWS" });

        (await CheckAsync(Recipe)).Faults.ShouldBeEmpty();
        var fault = (await CheckAsync(Recipe with { ShareWith = [Friend] })).Faults.ShouldHaveSingleItem();

        fault.Code.ShouldBe("kms-key-not-shared");
        fault.Sentence.ShouldContain($"cannot be shared with {Friend}");
    }

    /// <summary>Whether a template encrypts, and what the account's default key is, is seen at the image alone.</summary>
    [Fact]
    public async Task Shared_images_without_a_key_are_remarked_on()
    {
        var report = await CheckAsync(Recipe with { ShareWith = [Friend], KmsKeys = new Dictionary<string, string>() });

        report.Faults.ShouldBeEmpty();
        report.Notes.ShouldHaveSingleItem().ShouldStartWith($"the images are shared with {Friend} and spec.kmsKeys names no key");
    }

    [Fact]
    public async Task The_credentials_of_another_account_say_so_and_nothing_of_keys()
    {
        WorldKeys.Put(_world, PromotionStage.Home, [Own]);

        var fault = (await CheckAsync(Recipe with { Account = Friend })).Faults.ShouldHaveSingleItem();

        (fault.Code, fault.Value, fault.Allowed).ShouldBe(("wrong-account", Own, Friend));
    }

    [Theory]
    [InlineData("DescribeKey", "whether key alias/images in eu-central-1 is there and can be used is not known: ", "kms:DescribeKey would tell")]
    [InlineData("ListGrants", "whether key alias/images in eu-central-1 lets Auto Scaling in account 123456789012 launch is not known: ", "kms:ListGrants would tell")]
    public async Task What_may_not_be_read_is_noted_with_the_permission_that_would_tell(string verb, string what, string permission)
    {
        WorldKeys.Put(_world, PromotionStage.Home, [Own]);
        _world.Faults.Deny(verb);

        var report = await CheckAsync(Recipe);

        report.Faults.ShouldBeEmpty();
        var note = report.Notes.ShouldHaveSingleItem();
        note.ShouldStartWith(what);
        note.ShouldContain(permission);
    }

    /// <summary>The grants are enough.</summary>
    [Fact]
    public async Task A_policy_that_may_not_be_read_matters_only_where_grants_lack()
    {
        WorldKeys.Put(_world, PromotionStage.Home, [Own]);
        _world.Faults.Deny("GetKeyPolicy");
        (await CheckAsync(Recipe)).Notes.ShouldBeEmpty();

        WorldKeys.Put(_world, PromotionStage.Home, []);
        (await CheckAsync(Recipe)).Notes.ShouldHaveSingleItem().ShouldContain("kms:GetKeyPolicy would tell");
    }

    private Task<KeyReport> CheckAsync(RecipeSpec recipe) => new KeyChecks(new SimulatedKmsRegions(_world)).CheckAsync(recipe, CancellationToken.None);
}
