namespace Fleet.Core.Rotations;

/// <summary>Why a node is on its way out.</summary>
public enum SlotRole
{
    /// <summary>It is outdated.</summary>
    Replace,

    /// <summary>It is one too many: an unused surge, or the group wants fewer.</summary>
    Retire,

    /// <summary>It was launched and never proved itself.</summary>
    Discard,
}
