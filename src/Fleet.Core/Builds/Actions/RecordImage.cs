using Fleet.Core.Images;

namespace Fleet.Core.Builds.Actions;

/// <summary>Gives out a version: Fleet's own record of it.</summary>
/// <param name="Image">The record.</param>
public sealed record RecordImage(ImageRecord Image) : BuildAction
{
    /// <inheritdoc/>
    public override string Subject => Image.Key;

    /// <inheritdoc/>
    public override string Text => $"record {Image.Key} as under way";
}
