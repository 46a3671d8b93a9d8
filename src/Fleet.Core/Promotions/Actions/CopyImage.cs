using Fleet.Core.Images.Catalog;

namespace Fleet.Core.Promotions.Actions;

/// <summary>Starts a copy into a region; the order's token makes a repetition the same copy.</summary>
/// <param name="Region">Where to.</param>
/// <param name="Order">What is copied, and how.</param>
public sealed record CopyImage(string Region, ImageCopyOrder Order) : PromotionAction
{
    /// <inheritdoc/>
    public override string Subject => Region;

    /// <inheritdoc/>
    public override string Text => $"copy {Order.SourceImage} from {Order.SourceRegion} as {Order.Name}{(Order.KmsKey is { } key ? $" under key {key}" : "")}";
}
