using System.Text.Json.Nodes;

namespace Fleet.Images.Tests.Builds;

/// <summary>What came of a build.</summary>
internal sealed record Built(string Run, int Exit, string Output, JsonNode? Manifest)
{
    /// <summary>The image's id, from the manifest.</summary>
    public string Image
    {
        get
        {
            Exit.ShouldBe(0, Output);
            return Manifest!["builds"]!.AsArray().Single()!["artifact_id"]!.GetValue<string>().Split(':')[1];
        }
    }
}
