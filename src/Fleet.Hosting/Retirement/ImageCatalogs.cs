using System.Collections.Concurrent;
using Fleet.Aws;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Keys;
using Fleet.Core.Inventory;

namespace Fleet.Hosting.Retirement;

/// <summary>Reaches images and keys of accounts and regions over the wire; each is connected to once, so that its token buckets are shared.</summary>
/// <param name="account">How accounts are reached, as those of clusters are; role and external id are the place's.</param>
/// <param name="policy">Policy time.</param>
public sealed class ImageCatalogs(Func<ClusterSpec, AwsOptions> account, TimeProvider policy) : IImageCatalogs, IKmsRegions, IDisposable
{
    private readonly ConcurrentDictionary<ImagePlace, Lazy<AwsAccount>> _accounts = [];

    /// <inheritdoc/>
    public IImageCatalog At(ImagePlace place) => Open(place).Catalog;

    /// <inheritdoc/>
    public IKmsKeys KeysAt(ImagePlace place) => Open(place).Keys;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var opened in _accounts.Values.Where(opened => opened.IsValueCreated))
        {
            opened.Value.Dispose();
        }
    }

    private AwsAccount Open(ImagePlace place) => _accounts.GetOrAdd(place, _ => new Lazy<AwsAccount>(() => new AwsAccount(
        account(new ClusterSpec { Name = "images", Account = place.Account, Region = place.Region }) with { Region = place.Region, RoleArn = place.RoleArn, ExternalId = place.ExternalId, Session = "fleet-images" }, policy))).Value;
}
