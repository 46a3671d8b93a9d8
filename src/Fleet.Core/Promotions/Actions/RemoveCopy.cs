using Fleet.Core.Images.Sweep;

namespace Fleet.Core.Promotions.Actions;

/// <summary>Deregisters a copy that the run made and that shall not be, with its snapshots.</summary>
/// <param name="Image">The copy.</param>
public sealed record RemoveCopy(SeenImage Image) : PromotionAction
{
    /// <inheritdoc/>
    public override string Subject => Image.Region;

    /// <inheritdoc/>
    public override string Text => $"deregister {Image.Id} and delete its snapshots";
}
