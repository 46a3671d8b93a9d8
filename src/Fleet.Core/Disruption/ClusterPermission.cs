namespace Fleet.Core.Disruption;

/// <summary>One thing that Kubernetes' authorizer may allow or not (page "Authorization", section "Determine the Request Verb").</summary>
/// <param name="Verb">E.g. <c>patch</c>.</param>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Resource">In the plural, e.g. <c>pods</c>.</param>
/// <param name="Subresource">E.g. <c>eviction</c>; null for the object itself.</param>
/// <param name="Namespace">The namespace in which it is needed; null for all of them, or for kinds that have none.</param>
public sealed record ClusterPermission(string Verb, string Group, string Resource, string? Subresource = null, string? Namespace = null)
{
    /// <summary>The resource as <c>kubectl auth can-i</c> takes it: <c>pods/eviction</c>, <c>leases.coordination.k8s.io</c>.</summary>
    public string QualifiedResource => Subresource is { } sub ? $"{Resource}/{sub}" : Group.Length > 0 ? $"{Resource}.{Group}" : Resource;

    /// <inheritdoc/>
    public override string ToString() => Namespace is null ? $"{Verb} {QualifiedResource}" : $"{Verb} {QualifiedResource} in namespace {Namespace}";
}
