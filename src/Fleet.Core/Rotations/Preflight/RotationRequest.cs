using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Inventory;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>A rotation as somebody asks for it, before anything of it is checked.</summary>
public sealed record RotationRequest
{
    /// <summary>The cluster.</summary>
    public required ClusterSpec Cluster { get; init; }

    /// <summary>The pool, with the policy of this run.</summary>
    public required NodePoolSpec Pool { get; init; }

    /// <summary>All other declared pools: a group belongs to one only.</summary>
    public ImmutableArray<NodePoolSpec> OtherPools { get; init; } = [];

    /// <summary>An image id; null takes the pool's image unless a version is named.</summary>
    public string? Image { get; init; }

    /// <summary>The number of an existing template version; null for none.</summary>
    public long? TemplateVersion { get; init; }

    /// <summary>Per group: template and version that the pool goes back to, <c>lt-…:7</c>, none where nothing is remembered; null: it does not go back.</summary>
    public IReadOnlyDictionary<string, string>? LastGood { get; init; }

    /// <summary>A recipe whose newest image is the target; null takes <see cref="Image"/>, or what the pool declares.</summary>
    public string? Recipe { get; init; }

    /// <summary>What is recorded of the images of the recipe that is asked for or declared; of all recipes where the image is named otherwise.</summary>
    public ImmutableArray<ImageRecord> Versions { get; init; } = [];

    /// <summary>Until when drains past their limit may delete pods past their budgets; null: never.</summary>
    public DateTimeOffset? ForceUntil { get; init; }

    /// <summary>The age from which instances go, whatever they run; null: age does not matter.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Policy time, from which ages are reckoned.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>When the run began that this one comes after (it waits for it, or has it cancelled); null: it comes after none. What that run has launched and has not joined is that run's to clear away before this one begins.</summary>
    public DateTimeOffset? AfterRunOf { get; init; }

    /// <summary>Leave to begin slots outside the windows; null: none.</summary>
    public WindowWaiver? Waiver { get; init; }
}
