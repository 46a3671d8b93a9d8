namespace Fleet.Core.Images.Builds;

/// <summary>The repositories that templates install packages from.</summary>
public interface IPackageRepositories
{
    /// <summary>The versions that a flat Debian repository has of some packages (Debian Wiki, "DebianRepository/Format").</summary>
    /// <param name="repository">Its address.</param>
    /// <param name="architecture">An image's architecture, as <c>x86_64</c>.</param>
    /// <param name="packages">Names of packages.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Versions by package, as the index has them.</returns>
    /// <exception cref="IOException">It cannot be read; the message says why.</exception>
    Task<ILookup<string, string>> VersionsAsync(Uri repository, string architecture, IReadOnlyCollection<string> packages, CancellationToken cancellationToken);
}
