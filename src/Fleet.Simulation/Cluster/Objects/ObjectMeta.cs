using System.Collections.Immutable;

namespace Fleet.Simulation.Cluster.Objects;

/// <summary>Standard object metadata, as far as the world acts on it.</summary>
public sealed record ObjectMeta
{
    /// <summary>An empty set of labels or annotations.</summary>
    public static ImmutableSortedDictionary<string, string> NoLabels { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Namespace; empty for cluster-scoped kinds.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Name, unique in namespace and kind.</summary>
    public required string Name { get; init; }

    /// <summary>Unique id; set by the store on creation when empty.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Version of the whole store at the object's last change; set by the store.</summary>
    public long ResourceVersion { get; init; }

    /// <summary>Counts changes of the desired state; set by the store.</summary>
    public long Generation { get; init; } = 1;

    /// <summary>Creation time; set by the store.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = NoLabels;

    /// <summary>Annotations.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = NoLabels;

    /// <summary>Owners; at most one is the controller.</summary>
    public ImmutableArray<OwnerReference> Owners { get; init; } = [];

    /// <summary>Finalizers that hold back the removal.</summary>
    public ImmutableArray<string> Finalizers { get; init; } = [];

    /// <summary>When the object is due to be gone (request plus grace); null while it lives.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>The grace of the deletion under way, in seconds.</summary>
    public int? DeletionGraceSeconds { get; init; }

    /// <summary>Key in the store.</summary>
    public ObjectKey Key => new(Namespace, Name);

    /// <summary>The controlling owner, if any.</summary>
    public OwnerReference? Controller => Owners.FirstOrDefault(owner => owner.Controller);
}
