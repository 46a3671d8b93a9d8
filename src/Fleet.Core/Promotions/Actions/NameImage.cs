using System.Collections.Immutable;

namespace Fleet.Core.Promotions.Actions;

/// <summary>Has parameters of a region hold an image's id.</summary>
/// <param name="Region">The region.</param>
/// <param name="ImageId">The image there.</param>
/// <param name="Parameters">Names of the parameters.</param>
public sealed record NameImage(string Region, string ImageId, ImmutableArray<string> Parameters) : PromotionAction
{
    /// <inheritdoc/>
    public override string Subject => Region;

    /// <inheritdoc/>
    public override string Text => $"{string.Join(" and ", Parameters)} become {ImageId}";
}
