using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Images.Keys;

/// <summary>Whether a region's key can encrypt the images of a recipe (Amazon EBS, "Requirements for Amazon EBS encryption"; Amazon EC2, "Share an AMI with specific AWS accounts"), and Auto Scaling launch from them.</summary>
public static class KeyRules
{
    private const string Fix = "name a key of that region in the recipe";

    /// <summary>The fault of an ARN of another region; null where there is none. Keys serve their own region alone, and KMS does not look for them elsewhere.</summary>
    public static KeyFault? Elsewhere(string region, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith("arn:", StringComparison.Ordinal) && key.Split(':')[3] is var other && other != region
            ? Fault("kms-key-elsewhere", region, $"key {key} is of {other}, and images in {region} need one of {region}", other, region, Fix)
            : null;
    }

    /// <summary>The fault of credentials that are another account's.</summary>
    internal static KeyFault Stranger(RecipeSpec recipe, string region, string account) =>
        Fault("wrong-account", region, $"recipe {recipe.Name} has the credentials of account {account}, and its keys are looked for in {recipe.Account}", account, recipe.Account, "give roleArn, or the account's own credentials");

    /// <summary>Judges a key by what is known of it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="region">The region.</param>
    /// <param name="key">The key as the recipe names it.</param>
    /// <param name="look">What is known.</param>
    public static KeyFinding Judge(RecipeSpec recipe, string region, string key, KeyLook look)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(look);
        var name = $"key {key} in {region}";
        if (look.Key is not { } found)
        {
            return look.Unread.IsEmpty
                ? new(region, key, null, [Fault("kms-key-missing", region, $"account {recipe.Account} has no {name}", key, "a key's id, alias or ARN in that region", $"make it (aws kms create-key, aws kms create-alias), or {Fix}")], [])
                : new(region, key, null, [], [.. look.Unread.Select(unread => Note(name, "is there and can be used", unread))]);
        }

        var faults = new List<KeyFault>();
        if (State(region, name, found) is { } state)
        {
            faults.Add(state);
        }

        if (found.Usage != KmsKey.Encrypts || found.Spec != KmsKey.Symmetric)
        {
            faults.Add(Fault("kms-key-kind", region, $"{name} is {found.Spec} for {found.Usage}, and Amazon EBS encrypts with symmetric keys alone", $"{found.Spec} for {found.Usage}", $"{KmsKey.Symmetric} for {KmsKey.Encrypts}", Fix));
        }

        if (NotShared(recipe, region, name, found) is { } alone)
        {
            faults.Add(alone);
        }

        if (found.IsAwsManaged || faults.Count > 0)
        {
            return new(region, key, found.Arn, [.. faults], []);
        }

        var launches = KeyLaunches.Judge(recipe.Account, recipe.ShareWith, region, name, found, look);
        return new(region, key, found.Arn, launches.Faults, launches.Notes);
    }

    /// <summary>What can be said of a recipe that shares its images and names no keys before one is built.</summary>
    internal static string? Unnamed(RecipeSpec recipe) => recipe.ShareWith.IsEmpty || recipe.KmsKeys.Count > 0
        ? null
        : $"the images are shared with {string.Join(", ", recipe.ShareWith)} and spec.kmsKeys names no key: where the template encrypts them with the account's default key and AWS manages that, they cannot be shared";

    /// <summary>Whether an image that is there can be shared, by the key of its snapshots.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="region">The image's region.</param>
    /// <param name="image">Its id.</param>
    /// <param name="arn">The key.</param>
    /// <param name="look">What is known of the key.</param>
    internal static KeyFinding OfImage(RecipeSpec recipe, string region, string image, string arn, KeyLook look)
    {
        var name = $"key {arn} of {image} in {region}";
        var alone = look.Key is { } key ? NotShared(recipe, region, name, key) : null;
        return new(region, arn, arn, alone is null ? [] : [alone with { Cure = "name a customer managed key for each region (spec.kmsKeys) and build anew, or share with nobody" }], [.. look.Unread.Where(_ => look.Key is null).Select(unread => Note(name, "lets it be shared", unread))]);
    }

    private static KeyFault? NotShared(RecipeSpec recipe, string region, string name, KmsKey key) => !key.IsAwsManaged || recipe.ShareWith.IsEmpty ? null : Fault(
        "kms-key-not-shared", region, $"{name} is managed by AWS for account {recipe.Account} alone: images that are encrypted with it cannot be shared with {string.Join(", ", recipe.ShareWith)}", "AWS managed", "a customer managed key",
        "make a customer managed key and name it, or share with nobody");

    internal static KeyFault Fault(string code, string region, string sentence, string value, string allowed, string cure) =>
        new() { Code = code, Region = region, Sentence = sentence, Value = value, Allowed = allowed, Cure = cure };

    internal static string Note(string key, string what, UnreadKey unread) => $"whether {key} {what} is not known: {unread.Why}; {unread.Permission} would tell (infra/terraform)";

    private static KeyFault? State(string region, string name, KmsKey key) => key.State switch
    {
        KmsKey.Enabled or "Updating" => null,
        "Disabled" => Fault("kms-key-disabled", region, $"{name} is disabled", key.State, KmsKey.Enabled, $"enable it (aws kms enable-key), or {Fix}"),
        "PendingDeletion" or "PendingReplicaDeletion" => Fault("kms-key-going", region, $"{name} is about to be deleted", key.State, KmsKey.Enabled, $"keep it (aws kms cancel-key-deletion, aws kms enable-key), or {Fix}"),
        _ => Fault("kms-key-unusable", region, $"{name} cannot be used: it is {key.State}", key.State, KmsKey.Enabled, $"see its state in AWS KMS, or {Fix}"),
    };
}
