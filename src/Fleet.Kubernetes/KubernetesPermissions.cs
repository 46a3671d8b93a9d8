using Fleet.Core.Disruption;
using k8s;
using k8s.Models;

namespace Fleet.Kubernetes;

/// <summary>Asks by SelfSubjectAccessReview, which every authenticated user may create (page "Authorization", section "Checking API access").</summary>
internal sealed class KubernetesPermissions(KubernetesCalls calls) : IPermissions
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ClusterPermission>> MissingAsync(IReadOnlyList<ClusterPermission> needed, CancellationToken cancellationToken)
    {
        var allowed = await Task.WhenAll(needed.Select(permission => AllowedAsync(permission, cancellationToken))).ConfigureAwait(false);
        return [.. needed.Where((_, index) => !allowed[index])];
    }

    private async Task<bool> AllowedAsync(ClusterPermission permission, CancellationToken cancellationToken)
    {
        var review = new V1SelfSubjectAccessReview
        {
            ApiVersion = "authorization.k8s.io/v1",
            Kind = "SelfSubjectAccessReview",
            Spec = new V1SelfSubjectAccessReviewSpec
            {
                ResourceAttributes = new V1ResourceAttributes
                {
                    Verb = permission.Verb,
                    Group = permission.Group,
                    Resource = permission.Resource,
                    Subresource = permission.Subresource,
                    NamespaceProperty = permission.Namespace,
                },
            },
        };
        var answer = await calls.MakeAsync(
            "create selfsubjectaccessreviews.authorization.k8s.io",
            () => calls.Client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(body: review, cancellationToken: cancellationToken), [], cancellationToken).ConfigureAwait(false);
        return answer?.Status?.Allowed == true;
    }
}
