namespace Fleet.Core.Images;

/// <summary>Where a version of an image stands in its life. Transitions: <see cref="ImageStates"/>.</summary>
public enum ImageState
{
    /// <summary>It is being built, proved or copied; nothing may use it.</summary>
    Building,

    /// <summary>Built, in the region that built it; pools that ask for candidates get it.</summary>
    Candidate,

    /// <summary>Promoted: in all regions of its recipe, shared, named by parameters. What pools get that name the recipe, where it is the newest.</summary>
    Stable,

    /// <summary>It could not be built or failed its proof; it never becomes available.</summary>
    Rejected,

    /// <summary>Marked as deprecated: still launches, new users are warned.</summary>
    Deprecated,

    /// <summary>Disabled: launches nothing; can be enabled again.</summary>
    Disabled,

    /// <summary>Deregistered everywhere, with its snapshots.</summary>
    Retired,
}
