using System.Collections.Immutable;

namespace Fleet.Core.Runs;

/// <summary>A run as stored. Spec and state are JSON of the run's kind.</summary>
public sealed record Run
{
    /// <summary>Id; sorts by time.</summary>
    public required string Id { get; init; }

    /// <summary>Kind, e.g. <c>rotation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The cluster of a run that belongs to none, such as an image build.</summary>
    public const string NoCluster = "";

    /// <summary>The pool of a run that concerns the images of all recipes, such as a sweep; no pool or recipe can have this name.</summary>
    public const string AllRecipes = "*";

    /// <summary>Cluster; <see cref="NoCluster"/> where it belongs to none.</summary>
    public required string Cluster { get; init; }

    /// <summary>Pool; the recipe of an image build, <see cref="AllRecipes"/> of a sweep; null for kinds that concern the whole cluster. A pool or recipe has one run at a time.</summary>
    public string? Pool { get; init; }

    /// <summary>The run that started this one; null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>The caller's own key, under which a repeated order finds this run; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>Who asked for it: the caller's name in the audit log, <c>local USER</c> for a command on the store itself; null where an older Fleet made it. A key is apart from another caller's.</summary>
    public string? StartedBy { get; init; }

    /// <summary>The person behind <see cref="StartedBy"/>, as far as it is known: the schedule's own name for what a schedule began.</summary>
    public string? Person { get; init; }

    /// <summary>Digest of the order that came with the key; another order under the same key is a mistake.</summary>
    public string? OrderDigest { get; init; }

    /// <summary>W3C trace context of the request that ordered it, to which its spans are linked; null for none.</summary>
    public string? Origin { get; init; }

    /// <summary>Its place in its pool's queue, given by the store: of the unfinished runs of a pool the one with the lowest may act.</summary>
    public long Turn { get; init; }

    /// <summary>What was asked for, as JSON; never changes.</summary>
    public required string Spec { get; init; }

    /// <summary>Where it stands, as JSON.</summary>
    public required string State { get; init; }

    /// <summary>Phase.</summary>
    public RunPhase Phase { get; init; }

    /// <summary>What it waits for, or why it stopped.</summary>
    public ImmutableArray<Reason> Reasons { get; init; } = [];

    /// <summary>What a person asks of it now.</summary>
    public RunRequest Request { get; init; }

    /// <summary>Counts commits; a commit names the version that it was decided on.</summary>
    public long Version { get; init; }

    /// <summary>Policy time of its creation.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Policy time of its last commit.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>What it works on, as people call it: <c>CLUSTER/POOL</c>, a cluster, <c>recipe NAME</c>, or <c>all images</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Place => Cluster.Length == 0 ? (Pool == AllRecipes ? "all images" : $"recipe {Pool}") : Pool is null ? Cluster : $"{Cluster}/{Pool}";

    /// <summary>Whether nothing happens any more: it has ended, whatever is still asked of it, or it stands and nothing is asked.</summary>
    public bool Rests => Phase.IsFinal() || (Phase.Stands() && Request == RunRequest.None);
}
