using Fleet.Core.Images.Catalog;

namespace Fleet.Core.Images.Keys;

/// <summary>Reaches the keys of accounts and regions.</summary>
public interface IKmsRegions
{
    /// <summary>The keys of a place; nothing is sent before the first use.</summary>
    IKmsKeys KeysAt(ImagePlace place);
}
