using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Cli.Runs;

/// <summary>A run's leave to begin slots outside its maintenance windows, for a person.</summary>
internal static class WaiverText
{
    /// <summary>One sentence; null where the run has no such leave. Of the spec nothing else is looked at: it may be of a kind that has no windows.</summary>
    public static string? Of(Run run) =>
        JsonNode.Parse(run.Spec)?["waiver"] is { } json && SpecJson.Read<WindowWaiver>(json.ToJsonString()) is var waiver
            ? $"maintenance windows are ignored until {waiver.Until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {waiver.Reason}"
            : null;
}
