using Fleet.Core.Images.Builds;

namespace Fleet.Core.Builds.Actions;

/// <summary>Removes what a build left behind.</summary>
/// <param name="Leftovers">What.</param>
public sealed record RemoveLeftovers(BuildLeftovers Leftovers) : BuildAction
{
    /// <inheritdoc/>
    public override string Subject => "leftovers";

    /// <inheritdoc/>
    public override string Text => $"remove {Leftovers}";
}
