using System.Collections.Immutable;
using Fleet.Core.Images.Sweep;

namespace Fleet.Core.Images.Catalog;

/// <summary>
/// The images of one account in one region: what there is, what needs them, and what is done with them. Every writing verb may be repeated: what is so already stays so.
/// Every method throws the cloud's refusal where it is refused or not answered.
/// </summary>
public interface IImageCatalog
{
    /// <summary>The account whose credentials are used.</summary>
    Task<string> AccountAsync(CancellationToken cancellationToken);

    /// <summary>The images that the account owns, deprecated and disabled ones too, read in bulk.</summary>
    Task<IReadOnlyList<SeenImage>> OwnedAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Everything in the account and region that needs an image, whoever owns it, read in bulk: every version of every launch template, instances that are not terminated, warm pools, launch configurations, overrides of mixed-instances policies,
    /// and parameters that hold an image's id. What names a parameter (<c>resolve:ssm:</c>) needs the image that the parameter holds now.
    /// </summary>
    /// <param name="parameterPaths">Paths below which parameters are read, e.g. <c>/fleet/images</c>; or parameters by themselves, as templates name them (<see cref="ParameterAlias.To"/>).</param>
    /// <param name="cancellationToken">Ends the look.</param>
    Task<IReadOnlyList<ImageUse>> UsesAsync(IReadOnlyList<string> parameterPaths, CancellationToken cancellationToken);

    /// <summary>The keys that snapshots are encrypted with.</summary>
    /// <param name="snapshots">Snapshots; those that are not there are no matter.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>ARNs, each once; none of what is not encrypted.</returns>
    Task<IReadOnlyList<string>> KeysOfAsync(ImmutableArray<string> snapshots, CancellationToken cancellationToken);

    /// <summary>Starts a copy of an image into this region. The same token gives the same copy.</summary>
    /// <returns>Id of the copy, which is pending for a while.</returns>
    Task<string> CopyAsync(ImageCopyOrder order, CancellationToken cancellationToken);

    /// <summary>Lets accounts launch from an image, beside those that may already.</summary>
    Task ShareAsync(string imageId, IReadOnlyList<string> accounts, CancellationToken cancellationToken);

    /// <summary>Sets tags of images and snapshots; other tags stay.</summary>
    Task TagAsync(IReadOnlyList<string> resources, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Marks an image as deprecated: it still launches.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="at">From when on; EC2 refuses what is past, and rounds to the minute.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task DeprecateAsync(string imageId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Takes the mark of deprecation away.</summary>
    Task UndeprecateAsync(string imageId, CancellationToken cancellationToken);

    /// <summary>Disables an image: nothing launches from it, and nobody shares it any more.</summary>
    Task DisableAsync(string imageId, CancellationToken cancellationToken);

    /// <summary>Enables a disabled image. With whom it was shared is not restored by EC2: see <see cref="ShareAsync"/>.</summary>
    Task EnableAsync(string imageId, CancellationToken cancellationToken);

    /// <summary>Deregisters an image, then deletes snapshots. There is no way back.</summary>
    /// <param name="imageId">The image; one that is gone is no matter.</param>
    /// <param name="snapshots">Its snapshots; those that are gone are no matter, one that another image needs is refused.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task DeregisterAsync(string imageId, ImmutableArray<string> snapshots, CancellationToken cancellationToken);

    /// <summary>Has a parameter hold an image's id.</summary>
    Task PutParameterAsync(string name, string imageId, CancellationToken cancellationToken);

    /// <summary>Deletes a parameter; one that is gone is no matter.</summary>
    Task DeleteParameterAsync(string name, CancellationToken cancellationToken);
}
