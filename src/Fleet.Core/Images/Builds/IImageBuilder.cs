using Fleet.Core.Inventory;

namespace Fleet.Core.Images.Builds;

/// <summary>Builds images.</summary>
public interface IImageBuilder
{
    /// <summary>Everything that the builder would refuse before it starts anything, with file and line.</summary>
    Task<IReadOnlyList<InputError>> ValidateAsync(BuildOrder order, CancellationToken cancellationToken);

    /// <summary>The values that the template's variables have in a build, those of variable files and defaults, too, each as JSON; a number or a truth value may be a text. Without those that have none, or that the builder cannot say.</summary>
    Task<IReadOnlyDictionary<string, string>> VariablesAsync(BuildOrder order, CancellationToken cancellationToken);

    /// <summary>Starts a build.</summary>
    IBuild Start(BuildOrder order);
}
