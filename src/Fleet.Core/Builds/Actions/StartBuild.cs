namespace Fleet.Core.Builds.Actions;

/// <summary>Starts the builder.</summary>
/// <param name="ImageName">The image that it shall make.</param>
public sealed record StartBuild(string ImageName) : BuildAction
{
    /// <inheritdoc/>
    public override string Subject => ImageName;

    /// <inheritdoc/>
    public override string Text => "start the builder";
}
