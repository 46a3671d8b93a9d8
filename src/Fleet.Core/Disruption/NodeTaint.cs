namespace Fleet.Core.Disruption;

/// <summary>A node's taint.</summary>
public sealed record NodeTaint(string Key, string? Value, string Effect);
