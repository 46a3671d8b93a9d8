using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Kinds;
using Fleet.Sandbox.Kubernetes.Mapping;

namespace Fleet.Sandbox.Kubernetes.Serving;

/// <summary>What the API serves, group by group, as clients ask before anything else.</summary>
internal static class Discovery
{
    private static readonly (string Group, string Plural, string Kind)[] Reviews =
    [
        ("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
        ("authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview"),
        ("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview"),
    ];

    private static JsonObject Version(string version) => new()
    {
        ["major"] = version.TrimStart('v').Split('.')[0],
        ["minor"] = version.Split('.')[1],
        ["gitVersion"] = version,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2025-06-17T18:32:14Z",
        ["goVersion"] = "go1.24.4",
        ["compiler"] = "gc",
        ["platform"] = "linux/amd64",
    };

    /// <summary>Answers a discovery path; null when it is none.</summary>
    /// <param name="path">The path.</param>
    /// <param name="server">Version of the server.</param>
    public static JsonObject? Find(string path, string server) => path.Trim('/').Split('/') switch
    {
        ["version"] => Version(server),
        ["api"] => new JsonObject { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1"), ["serverAddressByClientCIDRs"] = new JsonArray() },
        ["apis"] => new JsonObject { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = Json.Of(Groups().Select(group => Group(group.Name, group.Version))) },
        ["apis", var name] when Groups().FirstOrDefault(group => group.Name == name) is { Name: not null } found => Head("APIGroup", Group(found.Name, found.Version)),
        ["api", "v1"] => Resources("", "v1"),
        ["apis", var name, var version] when Groups().Contains((name, version)) => Resources(name, version),
        _ => null,
    };

    private static IEnumerable<(string Name, string Version)> Groups() =>
        KindTable.All.Where(kind => kind.Group.Length > 0).Select(kind => (kind.Group, kind.Version)).Concat(Reviews.Select(review => (review.Group, "v1"))).Distinct();

    private static JsonObject Group(string name, string version)
    {
        var served = new JsonObject { ["groupVersion"] = $"{name}/{version}", ["version"] = version };
        return new JsonObject { ["name"] = name, ["versions"] = new JsonArray(served), ["preferredVersion"] = served.DeepClone() };
    }

    private static JsonObject Head(string kind, JsonObject rest)
    {
        rest["kind"] = kind;
        rest["apiVersion"] = "v1";
        return rest;
    }

    private static JsonObject Resources(string group, string version)
    {
        var list = new JsonArray();
        foreach (var kind in KindTable.All.Where(kind => kind.Group == group && kind.Version == version))
        {
            var resource = Resource(kind.Plural, kind.Singular, kind.Namespaced, kind.Kind, ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]);
            resource.With("shortNames", Json.Of(kind.ShortNames)).With("categories", kind.InAll ? new JsonArray("all") : null);
            list.Add(resource);
            foreach (var sub in kind.Subresources)
            {
                var entry = Resource($"{kind.Plural}/{sub.Name}", "", kind.Namespaced, sub.Kind, sub.Verbs);
                entry.With("group", sub.Group.Length > 0 && sub.Group != group ? sub.Group : null).With("version", sub.Group != group ? sub.Version : null);
                list.Add(entry);
            }
        }

        foreach (var review in Reviews.Where(review => review.Group == group))
        {
            list.Add(Resource(review.Plural, review.Kind.ToLowerInvariant(), false, review.Kind, ["create"]));
        }

        return new JsonObject { ["kind"] = "APIResourceList", ["apiVersion"] = "v1", ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}", ["resources"] = list };
    }

    private static JsonObject Resource(string name, string singular, bool namespaced, string kind, IEnumerable<string> verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = singular,
        ["namespaced"] = namespaced,
        ["kind"] = kind,
        ["verbs"] = Json.Of(verbs),
    };
}
