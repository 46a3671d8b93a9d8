using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Keys;
using Fleet.Core.Inventory;

namespace Fleet.Core.Promotions;

/// <summary>All that a promotion reaches outside.</summary>
public sealed record PromotionPorts
{
    /// <summary>What is declared: by whose credentials accounts are looked at that the image is shared with.</summary>
    public required IInventoryStore Inventory { get; init; }

    /// <summary>Fleet's records of images.</summary>
    public required IImageStore Images { get; init; }

    /// <summary>The images of accounts and regions.</summary>
    public required IImageCatalogs Catalogs { get; init; }

    /// <summary>The keys that copies are encrypted with.</summary>
    public required IKmsRegions Keys { get; init; }
}
