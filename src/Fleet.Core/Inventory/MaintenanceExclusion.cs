namespace Fleet.Core.Inventory;

/// <summary>Days on which nothing begins, whatever the windows say.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; itself excluded too.</param>
/// <param name="Reason">Why, in the user's words; null where none was given.</param>
public sealed record MaintenanceExclusion(DateOnly From, DateOnly To, string? Reason)
{
    /// <summary><c>2026-12-20 to 2027-01-06 (freeze)</c>.</summary>
    public override string ToString() => $"{From:yyyy-MM-dd} to {To:yyyy-MM-dd}{(Reason is null ? "" : $" ({Reason})")}";
}
