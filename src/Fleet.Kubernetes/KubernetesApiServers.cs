using Fleet.Core.Disruption;
using k8s;

namespace Fleet.Kubernetes;

/// <summary>Asks the endpoint for its version, which every authenticated user may (page "Using RBAC Authorization", system:public-info-viewer), and kube-system for its API servers' pods.</summary>
internal sealed class KubernetesApiServers(KubernetesCalls calls) : IApiServers
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiServerVersion>> VersionsAsync(CancellationToken cancellationToken)
    {
        var answering = await calls.MakeAsync("get /version", () => calls.Client.Version.GetCodeAsync(cancellationToken), [], cancellationToken).ConfigureAwait(false);
        var pods = await calls.MakeAsync(
            "list pods",
            () => calls.Client.CoreV1.ListNamespacedPodAsync(ApiServerImages.Namespace, labelSelector: $"{ApiServerImages.Label}={ApiServerImages.Component}", cancellationToken: cancellationToken), [], cancellationToken).ConfigureAwait(false);
        var seen = (pods?.Items ?? [])
            .SelectMany(pod => (pod.Spec?.Containers ?? []).Select(container => (pod.Metadata?.Name, Version: ApiServerImages.VersionOf(container.Image))))
            .Where(server => server.Version is not null)
            .Select(server => new ApiServerVersion($"pod {ApiServerImages.Namespace}/{server.Name}", server.Version!))
            .OrderBy(server => server.Name, StringComparer.Ordinal);
        return [.. string.IsNullOrEmpty(answering?.GitVersion) ? [] : new[] { new ApiServerVersion("the endpoint", answering.GitVersion) }, .. seen];
    }
}
