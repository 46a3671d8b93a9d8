using Fleet.Core.Inventory;

namespace Fleet.Core.Images.Builds;

/// <summary>Builds images.</summary>
public interface IImageBuilder
{
    /// <summary>Everything that the builder would refuse before it starts anything, with file and line.</summary>
    Task<IReadOnlyList<InputError>> ValidateAsync(BuildOrder order, CancellationToken cancellationToken);

    /// <summary>The values that the template's variables have in a build, those of variable files and defaults, too; without those that the builder cannot say. A map or an object is in the builder's own notation.</summary>
    Task<IReadOnlyDictionary<string, string>> VariablesAsync(BuildOrder order, CancellationToken cancellationToken);

    /// <summary>Starts a build.</summary>
    IBuild Start(BuildOrder order);
}
