namespace Fleet.Core.Inventory;

/// <summary>Where a run on a pool stops for a person's approval.</summary>
public enum ApprovalGate
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>Before anything is changed.</summary>
    BeforeStart,

    /// <summary>When the first node has been replaced and all is well, before the rest follows.</summary>
    AfterCanary,
}
