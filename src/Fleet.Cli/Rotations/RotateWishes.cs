using Fleet.Core.Inventory;
using Fleet.Core.Rotations;

namespace Fleet.Cli.Rotations;

/// <summary>What the command line asks of a run; null takes what the pool declares.</summary>
internal sealed record RotateWishes
{
    public string? Image { get; init; }

    public long? TemplateVersion { get; init; }

    public CountOrPercent? MaxSurge { get; init; }

    public CountOrPercent? MaxUnavailable { get; init; }

    public TimeSpan? DrainTimeout { get; init; }

    public DrainTimeoutAction? OnDrainTimeout { get; init; }

    public DateTimeOffset? ForceUntil { get; init; }

    /// <summary>The pool with this run's policy.</summary>
    public NodePoolSpec Apply(NodePoolSpec pool) => pool with
    {
        Rotation = pool.Rotation with
        {
            MaxSurge = MaxSurge ?? pool.Rotation.MaxSurge,
            MaxUnavailable = MaxUnavailable ?? pool.Rotation.MaxUnavailable,
            DrainTimeout = DrainTimeout ?? pool.Rotation.DrainTimeout,
            OnDrainTimeout = OnDrainTimeout ?? pool.Rotation.OnDrainTimeout,
        },
    };

    /// <summary>What a run that is under way does otherwise than asked; empty when it does as asked.</summary>
    public IEnumerable<string> Against(RotationSpec spec)
    {
        var policy = spec.Pool.Rotation;
        if ((Image is not null && Image != spec.Target.ImageId) || (TemplateVersion is not null && TemplateVersion != spec.Target.TemplateVersion))
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
    }
}
