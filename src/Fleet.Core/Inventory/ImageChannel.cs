namespace Fleet.Core.Inventory;

/// <summary>Which images of a recipe a pool takes.</summary>
public enum ImageChannel
{
    /// <summary>Those that were promoted.</summary>
    Stable,

    /// <summary>Every one that passed its proof, promoted or not: for the pool that tries new images before the others.</summary>
    Candidate,
}
