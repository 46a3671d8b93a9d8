namespace Fleet.Core.Images.Catalog;

/// <summary>Reaches the images of accounts and regions.</summary>
public interface IImageCatalogs
{
    /// <summary>The images of a place; nothing is sent before the first use.</summary>
    IImageCatalog At(ImagePlace place);
}
