using System.Text.Json.Nodes;
using Fleet.Core.Images;
using Fleet.Core.Promotions;
using static Fleet.Hosting.Documents.EffectiveDocument;

namespace Fleet.Hosting.Documents;

/// <summary>The plan of a promotion as JSON.</summary>
public static class PromotionPlanDocument
{
    /// <summary>The document of a plan.</summary>
    public static JsonObject Of(PromotionSpec spec, PromotionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(plan);
        var image = plan.Image;
        return new JsonObject
        {
            ["recipe"] = image.Recipe,
            ["version"] = image.Version,
            ["imageName"] = image.Name,
            ["state"] = Camel(image.State),
            ["copies"] = Texts(plan.Missing),
            ["shareWith"] = Texts(spec.Recipe.ShareWith),
            ["parameters"] = Texts([ImageNames.ByVersion(image.Recipe, image.KubernetesMinor, image.Version), ImageNames.Latest(image.Recipe, image.KubernetesMinor)]),
            ["soakSeconds"] = image.State == ImageState.Candidate && !spec.SkipSoak ? (long)spec.Recipe.PromoteAfter.TotalSeconds : 0,
            ["approval"] = image.State == ImageState.Candidate && spec.NeedsApproval,
            ["keys"] = KeyDocument.Of(plan.Keys.Findings),
            ["note"] = plan.Keys.Notes is { IsEmpty: false } notes ? string.Join("; ", notes) : null,
        };
    }
}
