using System.Collections.Immutable;
using Fleet.Core.Templates;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>A launch template version that groups will have instead of theirs.</summary>
/// <param name="TemplateId">Template.</param>
/// <param name="Source">Number of the version that the groups have, from which a new one is made.</param>
/// <param name="Version">Number of the version that they will have; null where it is still to be written.</param>
/// <param name="Groups">Groups that will use it.</param>
/// <param name="Differences">What it says otherwise than their own.</param>
public sealed record PlannedVersion(string TemplateId, long Source, long? Version, ImmutableArray<string> Groups, ImmutableArray<TemplateDifference> Differences);
