using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads the spec of a Recipe.</summary>
internal static class RecipeReader
{
    private const int LongestName = 40;

    /// <summary>The recipe; where a field is missing or wrong the errors say so and its value is empty.</summary>
    public static RecipeSpec Read(string name, FieldReader metadata, FieldReader spec)
    {
        if (name.Length > LongestName)
        {
            metadata.Fail("name", "invalid-value", name, $"at most {LongestName} characters", $"metadata.name has {name.Length} characters; allowed: at most {LongestName}, so that the names of its images stay within Amazon EC2's 128");
        }

        var promotion = spec.Map("promotion");
        var recipe = new RecipeSpec
        {
            Name = name,
            Account = spec.Text("account", Formats.Account, required: true) ?? "",
            RoleArn = spec.Text("roleArn", Formats.Role),
            ExternalId = spec.Text("externalId", Formats.ExternalId),
            Template = Template(spec.Map("template", required: true)),
            KubernetesVersion = spec.Text("kubernetesVersion", RecipeFormats.KubernetesVersion),
            Architecture = spec.Text("architecture", RecipeFormats.Architecture) ?? "x86_64",
            Base = Base(spec.Map("base")),
            Parent = spec.Text("parent", Formats.Name),
            Variables = RecipeVariables.Read(spec.Map("variables")),
            Regions = spec.Texts("regions", Formats.Region, required: true),
            ShareWith = spec.Texts("shareWith", Formats.Account),
            KmsKeys = Entries(spec.Map("kmsKeys"), Formats.Region, RecipeFormats.KmsKey),
            Tags = Entries(spec.Map("tags"), RecipeFormats.TagKey, RecipeFormats.TagValue),
            Checks = [.. spec.Maps("checks").Select(Check).OfType<RecipeCheck>()],
            Proof = Proof(spec.Map("proof")),
            ApprovePromotion = promotion?.Flag("approval") ?? false,
            PromoteAfter = promotion?.Age("after") ?? TimeSpan.Zero,
            Retention = Retention(spec.Map("retention")),
        };
        promotion?.Close();
        RecipeChecks.Run(recipe, spec);
        spec.Close();
        return recipe;
    }

    private static RecipeTemplate Template(FieldReader? template)
    {
        if (template is null)
        {
            return new();
        }

        var read = new RecipeTemplate
        {
            Folder = template.Text("folder", Formats.Name),
            Git = template.Text("git", RecipeFormats.GitUrl),
            Commit = template.Text("commit", RecipeFormats.Commit),
            Path = template.Text("path", RecipeFormats.FolderPath) ?? ".",
            VariableFiles = template.Texts("variableFiles", RecipeFormats.VariableFile),
        };
        const string Allowed = "exactly one of folder; git and commit";
        bool Has(string field) => template.Find(field) is not null;
        if (Has("folder") == Has("git"))
        {
            template.Fail("", "conflict", null, Allowed, $"spec.template names {(Has("git") ? "both a folder and a repository" : "no template")}; allowed: {Allowed}");
        }
        else if (Has("git") && !Has("commit"))
        {
            template.Fail("", "missing-field", null, RecipeFormats.Commit.Allowed, "spec.template.commit is missing: a branch or tag moves, and the same version would be built from another text");
        }
        else if (Has("folder") && (Has("commit") || Has("path")))
        {
            template.Fail("", "conflict", null, Allowed, "spec.template: commit and path go with git, not with a folder");
        }

        template.Close();
        return read;
    }

    private static BaseImage? Base(FieldReader? image)
    {
        if (image is null)
        {
            return null;
        }

        var read = new BaseImage { Id = image.Text("id", Formats.Image), Owners = image.Texts("owners", Formats.ImageOwner), Name = image.Text("name", Formats.Line) };
        const string Allowed = "exactly one of id; owners and name";
        bool Has(string field) => image.Find(field) is not null;
        if (Has("id") == (Has("owners") || Has("name")))
        {
            image.Fail("", "conflict", null, Allowed, $"spec.base names {(Has("id") ? "both an id and a name" : "no image")}; allowed: {Allowed}");
        }
        else if (Has("owners") != Has("name") || (Has("owners") && image.Find("owners") is Documents.DocumentList { Items.Length: 0 }))
        {
            image.Fail("", "missing-field", null, "owners and name together", "spec.base needs owners and name together: a name alone is anybody's to take");
        }

        image.Close();
        return read;
    }

    private static RecipeCheck? Check(FieldReader item)
    {
        var (name, script) = (item.Text("name", Formats.Name, required: true), item.Text("script", RecipeFormats.Script, required: true));
        var timeout = item.Duration("timeout", TimeSpan.FromSeconds(1)) ?? TimeSpan.FromMinutes(5);
        item.Close();
        return name is null || script is null ? null : new(name, script, timeout);
    }

    private static RecipeProof? Proof(FieldReader? proof)
    {
        if (proof is null)
        {
            return null;
        }

        var read = new RecipeProof
        {
            InstanceProfile = proof.Text("instanceProfile", RecipeFormats.InstanceProfile, required: true) ?? "",
            InstanceType = proof.Text("instanceType", RecipeFormats.InstanceType),
            Subnet = proof.Text("subnet", RecipeFormats.Subnet),
            SecurityGroups = proof.Texts("securityGroups", RecipeFormats.SecurityGroup),
            Scan = proof.Map("scan") is { } scan ? Check(scan) : null,
            Sbom = proof.Map("sbom") is { } sbom ? Check(sbom) : null,
        };
        proof.Close();
        return read;
    }

    private static ImageRetention Retention(FieldReader? retention)
    {
        var read = new ImageRetention();
        if (retention is null)
        {
            return read;
        }

        read = read with
        {
            Keep = retention.Number("keep", 1, 100) ?? read.Keep,
            RollbackWindow = retention.Age("rollbackWindow") ?? read.RollbackWindow,
            DisableAfter = retention.Age("disableAfter") ?? read.DisableAfter,
            DeregisterAfter = retention.Age("deregisterAfter") ?? read.DeregisterAfter,
        };
        retention.Close();
        return read;
    }

    private static SortedDictionary<string, string> Entries(FieldReader? map, Format key, Format value)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in map?.Names(key).ToList() ?? [])
        {
            entries[name] = map!.Text(name, value, required: true) ?? "";
        }

        return entries;
    }
}
