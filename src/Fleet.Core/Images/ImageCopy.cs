using System.Collections.Immutable;

namespace Fleet.Core.Images;

/// <summary>A version's image in one region.</summary>
/// <param name="Region">Region.</param>
/// <param name="ImageId">Id there.</param>
/// <param name="Snapshots">Its snapshots, which outlive it unless they are deleted with it.</param>
public sealed record ImageCopy(string Region, string ImageId, ImmutableArray<string> Snapshots);
