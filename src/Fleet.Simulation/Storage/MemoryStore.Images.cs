using Fleet.Core.Images;

namespace Fleet.Simulation.Storage;

/// <content>The records of images.</content>
public sealed partial class MemoryStore
{
    private readonly Dictionary<string, ImageRecord> _images = [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRecord>> ImagesAsync(string? recipe, CancellationToken cancellationToken) => Locked<IReadOnlyList<ImageRecord>>(
        () =>
        [
            .. _images.Values.Where(image => recipe is null || image.Recipe == recipe)
                .OrderBy(image => image.Recipe, StringComparer.Ordinal).ThenBy(image => image.Created).ThenBy(image => image.Version, StringComparer.Ordinal),
        ],
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AddImageAsync(ImageRecord image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Locked(() => _images.TryAdd(image.Key, image), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> PutImageAsync(ImageRecord image, ImageState from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Locked(
            () =>
            {
                if (_images.GetValueOrDefault(image.Key)?.State != from)
                {
                    return false;
                }

                _images[image.Key] = image;
                return true;
            },
            cancellationToken);
    }
}
