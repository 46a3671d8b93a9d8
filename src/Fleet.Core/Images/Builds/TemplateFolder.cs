using System.Collections.Immutable;

namespace Fleet.Core.Images.Builds;

/// <summary>A template's folder on this machine.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Files">Its files.</param>
/// <param name="Trusted">Whether an admin lets it run commands on this machine.</param>
public sealed record TemplateFolder(string Path, ImmutableArray<TemplateFile> Files, bool Trusted);
