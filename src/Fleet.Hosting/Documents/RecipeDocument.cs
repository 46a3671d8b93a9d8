using System.Text.Json.Nodes;
using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using static Fleet.Hosting.Documents.EffectiveDocument;

namespace Fleet.Hosting.Documents;

/// <summary>Recipes as JSON, with what Fleet knows of their images.</summary>
public static class RecipeDocument
{
    /// <summary>The document of a recipe as it was put, with its status.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="images">Fleet's records of its images.</param>
    public static JsonObject Of(RecipeSpec recipe, IEnumerable<ImageRecord> images)
    {
        var document = ResourceDocument.Declared(recipe);
        document["status"] = Status(images);
        return document;
    }

    /// <summary>What Fleet knows of a recipe's images: the newest stable and the newest candidate, and how many there are in each state.</summary>
    public static JsonObject Status(IEnumerable<ImageRecord> images)
    {
        var known = images.OrderBy(image => image.Created).ToList();
        return new JsonObject
        {
            ["stable"] = known.Where(image => image.State == ImageState.Stable).MaxBy(image => image.Promoted)?.Version,
            ["candidate"] = known.LastOrDefault(image => image.State == ImageState.Candidate)?.Version,
            ["images"] = new JsonObject(known.GroupBy(image => image.State).OrderBy(group => group.Key).Select(group => KeyValuePair.Create(Camel(group.Key), (JsonNode?)group.Count()))),
        };
    }

    /// <summary>The document of a recipe with every default written out.</summary>
    public static JsonObject Effective(RecipeSpec recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var spec = new JsonObject { ["account"] = recipe.Account };
        Add(spec, "roleArn", recipe.RoleArn);
        Add(spec, "externalId", recipe.ExternalId);
        spec["template"] = Template(recipe.Template);
        Add(spec, "kubernetesVersion", recipe.KubernetesVersion);
        spec["architecture"] = recipe.Architecture;
        if (recipe.Base is { } start)
        {
            spec["base"] = start.Id is { } id ? new JsonObject { ["id"] = id } : new JsonObject { ["owners"] = Texts(start.Owners), ["name"] = start.Name };
        }

        Add(spec, "parent", recipe.Parent);
        spec["variables"] = new JsonObject(recipe.Variables.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => KeyValuePair.Create(variable.Key, JsonNode.Parse(variable.Value))));
        spec["regions"] = Texts(recipe.Regions);
        spec["shareWith"] = Texts(recipe.ShareWith);
        spec["kmsKeys"] = Labels(recipe.KmsKeys);
        spec["tags"] = Labels(recipe.Tags);
        spec["checks"] = new JsonArray([.. recipe.Checks.Select(Of)]);
        if (recipe.Proof is { } proof)
        {
            var where = new JsonObject { ["instanceProfile"] = proof.InstanceProfile };
            Add(where, "instanceType", proof.InstanceType);
            Add(where, "subnet", proof.Subnet);
            where["securityGroups"] = Texts(proof.SecurityGroups);
            if (proof.Scan is { } scan)
            {
                where["scan"] = Of(scan);
            }

            if (proof.Sbom is { } sbom)
            {
                where["sbom"] = Of(sbom);
            }

            spec["proof"] = where;
        }

        spec["promotion"] = new JsonObject { ["approval"] = recipe.ApprovePromotion, ["after"] = Durations.FormatAge(recipe.PromoteAfter) };
        spec["retention"] = new JsonObject
        {
            ["keep"] = recipe.Retention.Keep,
            ["rollbackWindow"] = Durations.FormatAge(recipe.Retention.RollbackWindow),
            ["disableAfter"] = Durations.FormatAge(recipe.Retention.DisableAfter),
            ["deregisterAfter"] = Durations.FormatAge(recipe.Retention.DeregisterAfter),
        };
        return Envelope("Recipe", recipe.Name, recipe.Labels, spec);
    }

    private static JsonObject Of(RecipeCheck check) => new() { ["name"] = check.Name, ["script"] = check.Script, ["timeout"] = Durations.Format(check.Timeout) };

    private static JsonObject Template(RecipeTemplate template)
    {
        var json = template.Folder is { } folder ? new JsonObject { ["folder"] = folder } : new JsonObject { ["git"] = template.Git, ["commit"] = template.Commit, ["path"] = template.Path };
        json["variableFiles"] = Texts(template.VariableFiles);
        return json;
    }
}
