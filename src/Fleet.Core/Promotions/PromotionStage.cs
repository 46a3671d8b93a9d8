namespace Fleet.Core.Promotions;

/// <summary>How far a promotion has come.</summary>
public enum PromotionStage
{
    /// <summary>It waits until the version has been in use for long enough, and for a person; nothing is changed.</summary>
    Gates,

    /// <summary>Regions that lack the image get a copy.</summary>
    Copying,

    /// <summary>The copies are recorded, shared and tagged.</summary>
    Sharing,

    /// <summary>Parameters name the images, then the version is stable.</summary>
    Naming,
}
