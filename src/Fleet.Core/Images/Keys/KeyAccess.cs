namespace Fleet.Core.Images.Keys;

/// <summary>What a key's policy or grants say of an operation by somebody.</summary>
public enum KeyAccess
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It depends on a condition that cannot be judged from here.</summary>
    Unclear,

    /// <summary>It is allowed.</summary>
    Allowed,

    /// <summary>It is refused, whatever else allows it.</summary>
    Denied,
}
