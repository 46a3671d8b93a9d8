using Fleet.Core.Images;

namespace Fleet.Core.Builds.Actions;

/// <summary>Brings a version's record to another state.</summary>
/// <param name="Image">The record as it shall be.</param>
/// <param name="From">The state that it was seen in.</param>
public sealed record ChangeRecord(ImageRecord Image, ImageState From) : BuildAction
{
    /// <inheritdoc/>
    public override string Subject => Image.Key;

    /// <inheritdoc/>
    public override string Text => $"record {Image.Key} as {Image.State.ToString().ToLowerInvariant()}";
}
