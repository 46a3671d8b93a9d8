using System.Collections.Immutable;
using Fleet.Core.Templates;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>A launch template version that a rotation will write.</summary>
/// <param name="TemplateId">Template.</param>
/// <param name="Source">Number of the version that it is made from.</param>
/// <param name="Groups">Groups that will use it.</param>
/// <param name="Differences">What it says otherwise than its source.</param>
public sealed record PlannedVersion(string TemplateId, long Source, ImmutableArray<string> Groups, ImmutableArray<TemplateDifference> Differences);
