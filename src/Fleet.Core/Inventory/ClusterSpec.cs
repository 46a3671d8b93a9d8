namespace Fleet.Core.Inventory;

/// <summary>A cluster as declared.</summary>
public sealed record ClusterSpec
{
    /// <summary>Name, from <c>metadata.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The AWS account, twelve digits; calls under another account are refused.</summary>
    public required string Account { get; init; }

    /// <summary>The AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>ARN of the role that Fleet assumes in the cluster's account; null: Fleet calls with its own credentials.</summary>
    public string? RoleArn { get; init; }

    /// <summary>External id that the role's trust policy asks for (IAM, "Access to AWS accounts owned by third parties"); null: none. Only with a role.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Path of a kubeconfig, or a name under which a service's settings know one; null takes KUBECONFIG, ~/.kube/config or the in-cluster account.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Context in the kubeconfig; null takes its current one.</summary>
    public string? Context { get; init; }

    /// <summary>Uid of the namespace kube-system, pinned at <c>apply</c>: the cluster's identity.</summary>
    public string? KubeSystemUid { get; init; }

    /// <summary>When new slots may begin in its pools; null: always.</summary>
    public MaintenanceSpec? Maintenance { get; init; }

    /// <summary>How new nodes join it; null: Fleet keeps no join token for it, and user data of Fleet's is not rendered for its pools.</summary>
    public ClusterJoin? Join { get; init; }

    /// <summary>Whether who started a run may not approve it: <c>spec.approvals.twoPeople</c>. Default no.</summary>
    public bool TwoPeople { get; init; }

    /// <summary>Labels from <c>metadata.labels</c>. Default none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The document as it was put, as JSON: what <c>fleet get -o yaml</c> gives back; null where the spec was made by code.</summary>
    public string? Document { get; init; }
}
