namespace Fleet.Core.Images;

/// <summary>Fleet's own records of images. They outlive recipe and image, so that a version is never given twice and nothing is taken for Fleet's that is not.</summary>
public interface IImageStore
{
    /// <summary>The records, by recipe and age; of one recipe where given.</summary>
    Task<IReadOnlyList<ImageRecord>> ImagesAsync(string? recipe, CancellationToken cancellationToken);

    /// <summary>Adds a record.</summary>
    /// <returns>False where the recipe has that version already; nothing is stored then.</returns>
    Task<bool> AddImageAsync(ImageRecord image, CancellationToken cancellationToken);

    /// <summary>Replaces a record, where it still stands as it was decided on.</summary>
    /// <param name="image">The record as it shall be.</param>
    /// <param name="from">The state that it was seen in.</param>
    /// <param name="cancellationToken">Ends the try before it begins.</param>
    /// <returns>False where it is in another state by now, or unknown; nothing is stored then.</returns>
    Task<bool> PutImageAsync(ImageRecord image, ImageState from, CancellationToken cancellationToken);
}
