using k8s;

namespace Fleet.Kubernetes;

/// <summary>Calls that may be repeated without harm: passing failures are tried again a few times, the rest becomes the port's failure.</summary>
/// <param name="client">The client.</param>
/// <param name="wall">The wall clock.</param>
/// <param name="backoff">Waits between attempts.</param>
internal sealed class KubernetesCalls(IKubernetes client, TimeProvider wall, Backoff backoff)
{
    private const int Attempts = 4;

    /// <summary>The client.</summary>
    public IKubernetes Client => client;

    /// <summary>Makes a call.</summary>
    /// <param name="attempted">What is attempted, for the error.</param>
    /// <param name="call">The call.</param>
    /// <param name="tolerated">Statuses that are an outcome, not a failure: they end in default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Core.Disruption.ClusterUnreachableException">The server refused, or did not answer.</exception>
    public async Task<T?> MakeAsync<T>(string attempted, Func<Task<T>> call, IReadOnlyCollection<int> tolerated, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Exception failure) when (KubernetesFailure.Is(failure, cancellationToken))
            {
                if (KubernetesFailure.StatusOf(failure) is { } status && tolerated.Contains(status))
                {
                    return default;
                }

                if (attempt == Attempts || !KubernetesFailure.Passing(failure))
                {
                    throw await KubernetesFailure.OfAsync(failure, attempted, client.BaseUri, wall).ConfigureAwait(false);
                }

                await backoff.DelayAsync(attempt, KubernetesFailure.RetryAfter(failure), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
