namespace Fleet.Core.Disruption;

/// <summary>Removal of pods. Kept behind an interface because Kubernetes is about to offer another way (KEP-4563, EvictionRequest).</summary>
public interface IEvictions
{
    /// <summary>Evicts the pod with this uid within every budget (API-initiated Eviction).</summary>
    Task<EvictionAnswer> EvictAsync(Pod pod, CancellationToken cancellationToken);

    /// <summary>Deletes the pod with this uid past its budgets; only for a run that was told to force.</summary>
    Task<EvictionAnswer> DeleteAsync(Pod pod, CancellationToken cancellationToken);
}
