using System.Collections.Immutable;
using Fleet.Core.Images;

namespace Fleet.Core.Promotions.Actions;

/// <summary>Tags a region's image with its snapshots, and lets the recipe's accounts launch from it.</summary>
/// <param name="Copy">The image.</param>
/// <param name="Accounts">Who may launch from it.</param>
/// <param name="Tags">Tags of image and snapshots.</param>
public sealed record ShareImage(ImageCopy Copy, ImmutableArray<string> Accounts, ImmutableSortedDictionary<string, string> Tags) : PromotionAction
{
    /// <inheritdoc/>
    public override string Subject => Copy.Region;

    /// <inheritdoc/>
    public override string Text => $"tag {Copy.ImageId}{(Accounts.IsEmpty ? "" : $" and share it with {string.Join(", ", Accounts)}")}";
}
