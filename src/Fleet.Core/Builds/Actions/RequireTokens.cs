namespace Fleet.Core.Builds.Actions;

/// <summary>Has every instance of the image ask for tokens at the instance metadata service (Amazon EC2, "Configure the instance metadata options": IMDSv2 by the image's attribute).</summary>
/// <param name="ImageId">The image.</param>
public sealed record RequireTokens(string ImageId) : BuildAction
{
    /// <inheritdoc/>
    public override string Subject => ImageId;

    /// <inheritdoc/>
    public override string Text => $"have instances of {ImageId} ask for tokens (IMDSv2)";
}
