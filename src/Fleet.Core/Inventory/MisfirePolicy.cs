namespace Fleet.Core.Inventory;

/// <summary>What becomes of a schedule's time that nobody fired within its deadline.</summary>
public enum MisfirePolicy
{
    /// <summary>It is left out, and said to be.</summary>
    Skip,

    /// <summary>It is fired late; of several such times the last one, once.</summary>
    RunOnce,
}
