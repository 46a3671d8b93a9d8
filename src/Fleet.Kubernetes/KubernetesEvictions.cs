using Fleet.Core.Disruption;
using Fleet.Kubernetes.Watching;
using k8s;
using k8s.Models;

namespace Fleet.Kubernetes;

/// <summary>Evictions over the wire (API-initiated Eviction), each with the pod's uid as its precondition. Not repeated here: when to ask again is the drain's business.</summary>
internal sealed class KubernetesEvictions(IKubernetes client, OwnWrites writes) : IEvictions
{
    private const string TwoBudgets = "more than one PodDisruptionBudget";

    /// <inheritdoc/>
    public Task<EvictionAnswer> EvictAsync(Pod pod, CancellationToken cancellationToken)
    {
        var body = new V1Eviction
        {
            ApiVersion = "policy/v1",
            Kind = "Eviction",
            Metadata = new V1ObjectMeta { Name = pod.Name, NamespaceProperty = pod.Namespace },
            DeleteOptions = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = pod.Uid } },
        };
        return AskAsync(pod, () => client.CoreV1.CreateNamespacedPodEvictionAsync(body: body, name: pod.Name, namespaceParameter: pod.Namespace, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<EvictionAnswer> DeleteAsync(Pod pod, CancellationToken cancellationToken)
    {
        var body = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = pod.Uid } };
        return AskAsync(pod, () => client.CoreV1.DeleteNamespacedPodAsync(name: pod.Name, namespaceParameter: pod.Namespace, body: body, cancellationToken: cancellationToken), cancellationToken);
    }

    private static EvictionAnswer Answer(Exception failure)
    {
        var status = KubernetesFailure.Read(failure);
        var budget = status?.Details?.Causes?.FirstOrDefault(cause => cause.Reason == "DisruptionBudget");
        var sentence = KubernetesFailure.Sentence(failure);
        var hint = KubernetesFailure.RetryAfter(failure);
        return KubernetesFailure.StatusOf(failure) switch
        {
            404 or 409 => new EvictionAnswer(EvictionOutcome.Gone, sentence),
            429 when budget is not null => new EvictionAnswer(EvictionOutcome.Blocked, string.IsNullOrEmpty(budget.Message) ? sentence : budget.Message, hint),
            429 => new EvictionAnswer(EvictionOutcome.Throttled, sentence, hint),
            500 when sentence.Contains(TwoBudgets, StringComparison.Ordinal) => new EvictionAnswer(EvictionOutcome.TwoBudgets, sentence),
            >= 400 and < 500 and not 401 and not 408 => new EvictionAnswer(EvictionOutcome.Refused, sentence),
            _ => new EvictionAnswer(EvictionOutcome.Failed, sentence, hint),
        };
    }

    private async Task<EvictionAnswer> AskAsync<T>(Pod pod, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var expected = writes.Before(pod);
        try
        {
            await call().ConfigureAwait(false);
            writes.Removed(expected);
            return new EvictionAnswer(EvictionOutcome.Accepted);
        }
        catch (Exception failure) when (KubernetesFailure.Is(failure, cancellationToken))
        {
            return Answer(failure);
        }
    }
}
