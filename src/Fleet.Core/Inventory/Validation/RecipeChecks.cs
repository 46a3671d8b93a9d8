using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Inventory.Validation;

/// <summary>What is wrong between the fields of a recipe.</summary>
internal static class RecipeChecks
{
    /// <summary>Variables that Fleet sets itself: a recipe that set them would build something else than its version says.</summary>
    public static readonly IReadOnlyCollection<string> Reserved = ["recipe", "image_version", "run", "ami_name", "tags", "manifest", "region", "ec2_endpoint", "arch", "kms_key_id", "source_ami", "kubernetes_version"];

    public static void Run(RecipeSpec recipe, FieldReader spec)
    {
        if (spec.Find("base") is null == spec.Find("parent") is null)
        {
            spec.Fail("", "conflict", null, "exactly one of base; parent", $"spec names {(spec.Find("base") is null ? "neither base nor parent" : "both base and parent")}: a recipe starts from one image");
        }

        if (spec.Find("parent") is null && spec.Find("kubernetesVersion") is null)
        {
            spec.Fail("kubernetesVersion", "missing-field", null, RecipeFormats.KubernetesVersion.Allowed, $"spec.kubernetesVersion is missing: {RecipeFormats.KubernetesVersion.Allowed}");
        }
        else if (spec.Find("parent") is not null && spec.Find("kubernetesVersion") is not null)
        {
            spec.Fail("kubernetesVersion", "conflict", recipe.KubernetesVersion, null, $"spec.kubernetesVersion: the image of the parent {recipe.Parent} has its kubelet already; leave it out");
        }

        if (recipe.Parent == recipe.Name && recipe.Name.Length > 0)
        {
            spec.Fail("parent", "circle", recipe.Parent, "another recipe", $"spec.parent is {recipe.Parent}, the recipe itself");
        }

        foreach (var reserved in recipe.Variables.Keys.Intersect(Reserved))
        {
            spec.Fail("variables", "reserved", reserved, "variables other than Fleet's own", $"spec.variables.{reserved} is set by Fleet; leave it out");
        }

        foreach (var region in recipe.KmsKeys.Keys.Except(recipe.Regions))
        {
            spec.Fail("kmsKeys", "conflict", region, string.Join(", ", recipe.Regions), $"spec.kmsKeys names {region}, which is no region of the recipe");
        }

        if (recipe.KmsKeys.Count > 0)
        {
            foreach (var region in recipe.Regions.Except(recipe.KmsKeys.Keys))
            {
                spec.Fail("kmsKeys", "missing-field", region, "a key for each region", $"spec.kmsKeys has no key for {region}: its copy would be encrypted with another key than the rest");
            }
        }

        Twice(spec, "regions", recipe.Regions);
        Twice(spec, "shareWith", recipe.ShareWith);
        Twice(spec, "checks", recipe.Checks.Select(check => check.Name));
        if (spec.Find("regions") is Documents.DocumentList { Items.Length: 0 })
        {
            spec.Fail("regions", "invalid-value", "[]", "at least one region", "spec.regions is empty; the first one builds the image");
        }

        if (recipe.RoleArn is { } arn && recipe.Account.Length > 0 && arn.Split(':')[4] != recipe.Account)
        {
            spec.Fail("roleArn", "conflict", arn, recipe.Account, $"spec.roleArn is a role of account {arn.Split(':')[4]}; allowed: one of the recipe's account {recipe.Account}");
        }
    }

    private static void Twice(FieldReader spec, string field, IEnumerable<string> values)
    {
        foreach (var twice in values.GroupBy(value => value).Where(group => group.Count() > 1))
        {
            spec.Fail(field, "duplicate", twice.Key, "each once", $"spec.{field} names {twice.Key} {twice.Count()} times");
        }
    }
}
