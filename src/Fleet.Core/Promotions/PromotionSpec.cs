using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Promotions;

/// <summary>What is asked of a promotion: a version of a recipe's image becomes the one that pools of the recipe get, in all of its regions.</summary>
public sealed record PromotionSpec
{
    /// <summary>The recipe as it was declared when the promotion was asked for.</summary>
    public required RecipeSpec Recipe { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it need not have been in use for <see cref="RecipeSpec.PromoteAfter"/> first; a person must approve then. Default false.</summary>
    public bool SkipSoak { get; init; }

    /// <summary>Whether a person must approve before anything is changed.</summary>
    public bool NeedsApproval => Recipe.ApprovePromotion || (SkipSoak && Recipe.PromoteAfter > TimeSpan.Zero);

    /// <summary>What people call it.</summary>
    public string Key => $"{Recipe.Name}/{Version}";
}
