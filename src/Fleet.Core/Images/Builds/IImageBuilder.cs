using Fleet.Core.Inventory;

namespace Fleet.Core.Images.Builds;

/// <summary>Builds images.</summary>
public interface IImageBuilder
{
    /// <summary>Everything that the builder would refuse before it starts anything, with file and line.</summary>
    Task<IReadOnlyList<InputError>> ValidateAsync(BuildOrder order, CancellationToken cancellationToken);

    /// <summary>Starts a build.</summary>
    IBuild Start(BuildOrder order);
}
