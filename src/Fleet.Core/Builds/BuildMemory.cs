using System.Collections.Immutable;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Proof;

namespace Fleet.Core.Builds;

/// <summary>What one process remembers of a build between rounds. Losing it costs the builder's work so far: what it made is then found by its marks.</summary>
internal sealed class BuildMemory
{
    /// <summary>The builder at work, or as it ended; null where it was not started here.</summary>
    public IBuild? Build { get; set; }

    /// <summary>The look for base and template that is under way.</summary>
    public Task<BuildResolution>? Resolving { get; set; }

    /// <summary>Whether the image was made to ask for tokens.</summary>
    public bool RequiresTokens { get; set; }

    /// <summary>The instance that was launched to prove the image; null where none was from here.</summary>
    public string? Instance { get; set; }

    /// <summary>The proof's last step, until it is heard of: one that is never heard of is made again, and does nothing twice.</summary>
    public ProofStep? Proof { get; set; }

    /// <summary>Why the last actions failed.</summary>
    public ImmutableArray<BuildFailure> Failures { get; set; } = [];
}
