namespace Fleet.Kubernetes.Tests;

/// <summary>Requests as RBAC names them.</summary>
public sealed class RequestVerbTests
{
    [Theory]
    [InlineData("GET", "/api/v1/nodes?limit=500", "list", "nodes")]
    [InlineData("GET", "/api/v1/nodes?watch=true&resourceVersion=7", "watch", "nodes")]
    [InlineData("GET", "/api/v1/nodes/worker-1", "get", "nodes")]
    [InlineData("GET", "/api/v1/namespaces/kube-system", "get", "namespaces")]
    [InlineData("GET", "/api/v1/namespaces", "list", "namespaces")]
    [InlineData("POST", "/api/v1/namespaces/shop/pods/cart-0/eviction", "create", "pods/eviction")]
    [InlineData("DELETE", "/api/v1/namespaces/shop/pods/cart-0", "delete", "pods")]
    [InlineData("DELETE", "/api/v1/namespaces/shop/pods", "deletecollection", "pods")]
    [InlineData("PATCH", "/api/v1/nodes/worker-1", "patch", "nodes")]
    [InlineData("PUT", "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/fleet-workers", "update", "leases.coordination.k8s.io")]
    [InlineData("GET", "/apis/policy/v1/poddisruptionbudgets", "list", "poddisruptionbudgets.policy")]
    [InlineData("GET", "/apis/apps/v1/namespaces/shop/deployments/cart/scale", "get", "deployments.apps/scale")]
    [InlineData("GET", "/version", "get", "nonresource")]
    [InlineData("GET", "/", "get", "nonresource")]
    public void A_request_has_a_verb_and_a_resource(string method, string path, string verb, string resource) =>
        RequestVerb.Of(new HttpMethod(method), new Uri($"https://cluster{path}")).ShouldBe((verb, resource));
}
