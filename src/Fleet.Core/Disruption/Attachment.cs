namespace Fleet.Core.Disruption;

/// <summary>A VolumeAttachment.</summary>
public sealed record Attachment(string Name, string Node, string Volume);
