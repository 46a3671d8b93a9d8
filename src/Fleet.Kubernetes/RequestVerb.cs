namespace Fleet.Kubernetes;

/// <summary>What a request asks of an API server, as RBAC names it ("Request Verbs" and "Resource requests" in Kubernetes' Authorization Overview).</summary>
internal static class RequestVerb
{
    /// <summary>A list that goes on.</summary>
    public const string Watch = "watch";

    /// <summary>The verb, and the resource with its group and subresource, without names: <c>create</c>, <c>pods/eviction</c>; <c>get</c>, <c>leases.coordination.k8s.io</c>.</summary>
    public static (string Verb, string Resource) Of(HttpMethod method, Uri uri)
    {
        string[] path = [.. uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        var start = path switch
        {
            ["api", _, ..] => 2,
            ["apis", _, _, ..] => 3,
            _ => path.Length,
        };
        if (path.Length > start + 2 && path[start] == "namespaces")
        {
            start += 2;
        }

        if (path.Length <= start)
        {
            return (method.Method.ToLowerInvariant(), "nonresource");
        }

        var named = path.Length > start + 1;
        var group = path[0] == "apis" ? $".{path[1]}" : "";
        var resource = path.Length > start + 2 ? $"{path[start]}{group}/{path[start + 2]}" : $"{path[start]}{group}";
        var verb = method.Method switch
        {
            "GET" when uri.Query.Contains("watch=true", StringComparison.OrdinalIgnoreCase) => Watch,
            "GET" => named ? "get" : "list",
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => named ? "delete" : "deletecollection",
            var other => other.ToLowerInvariant(),
        };
        return (verb, resource);
    }
}
