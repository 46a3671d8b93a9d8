using System.Collections.Concurrent;
using Fleet.Aws;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Keys;

namespace Fleet.Hosting.Builds;

/// <summary>Reaches the keys of a recipe's regions over the wire, by the role that builds.</summary>
/// <param name="open">Connects to a region.</param>
internal sealed class RecipeKeys(Func<string, AwsAccount> open) : IKmsRegions, IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<AwsAccount>> _accounts = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IKmsKeys KeysAt(ImagePlace place) => _accounts.GetOrAdd(place.Region, region => new Lazy<AwsAccount>(() => open(region))).Value.Keys;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var opened in _accounts.Values.Where(opened => opened.IsValueCreated))
        {
            opened.Value.Dispose();
        }
    }
}
