using Fleet.Core.Runs;

namespace Fleet.Core.Builds.Orders;

/// <summary>An image build as a request to the API asks for it.</summary>
public sealed record ImageBuildOrder
{
    /// <summary>The caller's own key: repeated, it names the first run. Null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The recipe.</summary>
    public required string Recipe { get; init; }

    /// <summary>Whether a source that was built before is built anew. Default false.</summary>
    public bool Again { get; init; }

    /// <summary>Whether the instance stays on which the image fails its proof. Default false.</summary>
    public bool KeepInstance { get; init; }

    /// <summary>What becomes of it when the recipe is being built. Default: it is refused.</summary>
    public WhenUnderWay WhenUnderWay { get; init; }
}
