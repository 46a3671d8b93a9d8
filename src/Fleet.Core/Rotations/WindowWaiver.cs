namespace Fleet.Core.Rotations;

/// <summary>Leave for one run to begin slots outside its windows and in exclusions.</summary>
/// <param name="Until">When it expires.</param>
/// <param name="Reason">Why, in the words of who gave it.</param>
public sealed record WindowWaiver(DateTimeOffset Until, string Reason);
