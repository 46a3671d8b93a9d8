namespace Fleet.Core.Builds.Actions;

/// <summary>Asks the builder to stop and to clean up after itself.</summary>
/// <param name="ImageName">The image that it was to make.</param>
public sealed record StopBuild(string ImageName) : BuildAction
{
    /// <inheritdoc/>
    public override string Subject => ImageName;

    /// <inheritdoc/>
    public override string Text => "ask the builder to stop and to clean up after itself";
}
