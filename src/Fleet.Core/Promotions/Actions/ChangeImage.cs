using Fleet.Core.Images;

namespace Fleet.Core.Promotions.Actions;

/// <summary>Replaces Fleet's record of the version.</summary>
/// <param name="Image">The record as it shall be.</param>
/// <param name="From">The state that it was seen in.</param>
public sealed record ChangeImage(ImageRecord Image, ImageState From) : PromotionAction
{
    /// <inheritdoc/>
    public override string Subject => Image.Key;

    /// <inheritdoc/>
    public override string Text => $"record {Image.Key} as {Image.State.ToString().ToLowerInvariant()} in {string.Join(", ", Image.Copies.Select(copy => copy.Region))}";
}
