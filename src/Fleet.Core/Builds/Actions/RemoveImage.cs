using Fleet.Core.Images.Builds;

namespace Fleet.Core.Builds.Actions;

/// <summary>Deregisters an image that the run made and that shall not be, with its snapshots.</summary>
/// <param name="Image">The image.</param>
public sealed record RemoveImage(FoundImage Image) : BuildAction
{
    /// <inheritdoc/>
    public override string Subject => Image.Name;

    /// <inheritdoc/>
    public override string Text => $"deregister {Image.Id} and delete its snapshots";
}
