using System.Text.Json.Nodes;
using Fleet.Core.Builds;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Hosting.Documents;

/// <summary>The plan of an image build as JSON.</summary>
public static class BuildPlanDocument
{
    /// <summary>The document of a plan.</summary>
    public static JsonObject Of(RecipeSpec recipe, BuildPlan plan)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(plan);
        return new JsonObject
        {
            ["recipe"] = recipe.Name,
            ["builds"] = plan.Builds,
            ["version"] = plan.Builds ? plan.Source.Version : plan.Existing!.Version,
            ["imageName"] = plan.Builds ? plan.Source.ImageName : plan.Existing!.Name,
            ["source"] = plan.Source.Digest,
            ["region"] = plan.Region,
            ["kubernetesVersion"] = plan.Source.KubernetesVersion,
            ["architecture"] = plan.Source.Architecture,
            ["base"] = new JsonObject { ["id"] = plan.Source.BaseImage, ["name"] = plan.Source.BaseName },
            ["parent"] = plan.Source.Parent?.Key,
            ["proves"] = plan.Proves,
            ["keys"] = KeyDocument.Of(plan.Keys),
            ["note"] = plan.Note,
            ["existing"] = plan.Existing is { } existing ? ImageDocument.Of(existing) : null,
        };
    }
}
