using System.Collections.Immutable;
using Fleet.Core.Inventory.Pools;

namespace Fleet.Core.Inventory;

/// <summary>A node pool as declared: one or more Auto Scaling groups that share one width.</summary>
public sealed record NodePoolSpec
{
    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>Name, unique in the cluster.</summary>
    public required string Name { get; init; }

    /// <summary>Names of its Auto Scaling groups; a group belongs to one pool only.</summary>
    public required ImmutableArray<string> Groups { get; init; }

    /// <summary>The image that a rotation without a target takes; null when each run names one.</summary>
    public ImageSource? Image { get; init; }

    /// <summary>How its instances are exchanged.</summary>
    public RotationPolicy Rotation { get; init; } = new();

    /// <summary>Where its runs stop for a person's approval. Default nowhere.</summary>
    public ApprovalGate Approval { get; init; }

    /// <summary>When new slots may begin, in place of what the cluster says; null: as the cluster says.</summary>
    public MaintenanceSpec? Maintenance { get; init; }

    /// <summary>What new versions of its launch templates say besides the image; null: all is inherited.</summary>
    public TemplateSpec? Template { get; init; }

    /// <summary>How its machines present themselves as nodes, by the user data that <see cref="Template"/> names; null: nothing is declared.</summary>
    public NodeSpec? Node { get; init; }

    /// <summary>Hooks of the server's settings that write the pool's image elsewhere, each once. Default none.</summary>
    public ImmutableArray<string> Hooks { get; init; } = [];

    /// <summary>Labels from <c>metadata.labels</c>. Default none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The document as it was put, as JSON: what <c>fleet get -o yaml</c> gives back; null where the spec was made by code.</summary>
    public string? Document { get; init; }
}
