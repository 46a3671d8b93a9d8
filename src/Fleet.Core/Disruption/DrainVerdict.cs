using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>How a drain classes a pod.</summary>
/// <param name="Disposition">What is done with it.</param>
/// <param name="Class">The pool's drain class for it.</param>
/// <param name="Reason">Why it is blocked or waited for; null for the others.</param>
/// <param name="LosesLocalData">Whether its eviction loses emptyDir data.</param>
public sealed record DrainVerdict(DrainDisposition Disposition, DrainClass Class, Reason? Reason = null, bool LosesLocalData = false);
