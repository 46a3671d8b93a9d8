namespace Fleet.Core.Disruption;

/// <summary>What a slot has taken from an owner.</summary>
/// <param name="OwnerUid">The owner.</param>
/// <param name="Evicted">Its pods that the slot has evicted.</param>
/// <param name="ReadyBefore">Its ready pods before the first of them, with those that other slots have in flight: they will be ready again.</param>
/// <param name="Since">Policy time of the first of them.</param>
public sealed record OwnerMark(string OwnerUid, int Evicted, int ReadyBefore, DateTimeOffset Since);
