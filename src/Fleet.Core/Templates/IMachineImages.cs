using Fleet.Core.Inventory;

namespace Fleet.Core.Templates;

/// <summary>Machine images and the instance types they must fit.</summary>
public interface IMachineImages
{
    /// <summary>The image that a source names now; null when there is none.</summary>
    Task<MachineImage?> ResolveAsync(ImageSource source, CancellationToken cancellationToken);

    /// <summary>Architectures of an instance type, e.g. <c>x86_64</c>; empty when the type is unknown.</summary>
    Task<IReadOnlyList<string>> ArchitecturesAsync(string instanceType, CancellationToken cancellationToken);
}
