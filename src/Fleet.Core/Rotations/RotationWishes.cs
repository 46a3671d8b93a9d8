using Fleet.Core.Inventory;

namespace Fleet.Core.Rotations;

/// <summary>What is asked of one run; null takes what the pool declares.</summary>
public sealed record RotationWishes
{
    /// <summary>Image id of the target.</summary>
    public string? Image { get; init; }

    /// <summary>Launch template version of the target; one target at most.</summary>
    public long? TemplateVersion { get; init; }

    /// <summary>A recipe whose newest image is the target.</summary>
    public string? Recipe { get; init; }

    /// <summary>Whether the pool goes back to the template versions of its last successful rotation.</summary>
    public bool ToLastGood { get; init; }

    /// <summary>How many targets are named: one at most may be.</summary>
    public int Targets => (Image is null ? 0 : 1) + (TemplateVersion is null ? 0 : 1) + (Recipe is null ? 0 : 1) + (ToLastGood ? 1 : 0);

    /// <summary>Instances above the wanted number.</summary>
    public CountOrPercent? MaxSurge { get; init; }

    /// <summary>Instances that may be missing.</summary>
    public CountOrPercent? MaxUnavailable { get; init; }

    /// <summary>Limit of a node's drain.</summary>
    public TimeSpan? DrainTimeout { get; init; }

    /// <summary>What follows that limit, forcing left out: see <see cref="ForceUntil"/>.</summary>
    public DrainTimeoutAction? OnDrainTimeout { get; init; }

    /// <summary>Until when pods may be deleted past their budgets once the drain's limit is over; null is never.</summary>
    public DateTimeOffset? ForceUntil { get; init; }

    /// <summary>Instances of this age go, too, whatever they run; null: age does not matter.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Leave to begin slots outside the windows; null: none.</summary>
    public WindowWaiver? Waiver { get; init; }

    /// <summary>The pool with this run's policy.</summary>
    public NodePoolSpec Apply(NodePoolSpec pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return pool with
        {
            Rotation = pool.Rotation with
            {
                MaxSurge = MaxSurge ?? pool.Rotation.MaxSurge,
                MaxUnavailable = MaxUnavailable ?? pool.Rotation.MaxUnavailable,
                DrainTimeout = DrainTimeout ?? pool.Rotation.DrainTimeout,
                OnDrainTimeout = OnDrainTimeout ?? pool.Rotation.OnDrainTimeout,
            },
        };
    }

    /// <summary>What a run that is under way does otherwise than asked; empty when it does as asked.</summary>
    public IEnumerable<string> Against(RotationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Differences(spec);
    }

    private IEnumerable<string> Differences(RotationSpec spec)
    {
        var policy = spec.Pool.Rotation;
        if ((Image is not null && Image != spec.Target.ImageId) || (TemplateVersion is not null && TemplateVersion != spec.Target.TemplateVersion)
            || (Recipe is not null && spec.Target.Recipe?.StartsWith($"{Recipe}/", StringComparison.Ordinal) != true) || (ToLastGood && spec.Target.LastGood is null))
        {
            yield return $"it rotates to {spec.Target}";
        }

        if (MaxSurge is { } surge && surge != policy.MaxSurge)
        {
            yield return $"its maxSurge is {policy.MaxSurge}";
        }

        if (MaxUnavailable is { } unavailable && unavailable != policy.MaxUnavailable)
        {
            yield return $"its maxUnavailable is {policy.MaxUnavailable}";
        }

        if (DrainTimeout is { } limit && limit != policy.DrainTimeout)
        {
            yield return $"its drainTimeout is {Durations.Format(policy.DrainTimeout)}";
        }

        if (OnDrainTimeout is { } action && action != policy.OnDrainTimeout)
        {
            yield return $"its onDrainTimeout is {policy.OnDrainTimeout.ToString().ToLowerInvariant()}";
        }

        // An end that was given as a duration moves on with each start; that it may force at all is what counts.
        if (ForceUntil is not null && spec.ForceUntil is null)
        {
            yield return "it may not force";
        }

        if (OlderThan is not null && spec.TooOld is null)
        {
            yield return "it does not go by age";
        }

        if (Waiver is not null && spec.Waiver is null)
        {
            yield return "it keeps to the windows";
        }
    }
}
