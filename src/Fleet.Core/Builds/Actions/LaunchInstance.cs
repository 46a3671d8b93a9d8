using Fleet.Core.Images.Builds;

namespace Fleet.Core.Builds.Actions;

/// <summary>Launches the one instance that the image is proved on; repeated, it is the same one.</summary>
/// <param name="Order">What is launched.</param>
public sealed record LaunchInstance(InstanceOrder Order) : BuildAction
{
    /// <inheritdoc/>
    public override string Subject => Order.ImageId;

    /// <inheritdoc/>
    public override string Text => $"launch one {Order.InstanceType} of {Order.ImageId} to prove it";
}
