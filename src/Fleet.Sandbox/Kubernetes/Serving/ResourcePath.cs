using Fleet.Sandbox.Kubernetes.Kinds;

namespace Fleet.Sandbox.Kubernetes.Serving;

/// <summary>The parts of a resource's path: <c>/api/v1/namespaces/NS/pods/NAME/eviction</c>, <c>/apis/GROUP/VERSION/…</c>.</summary>
internal readonly record struct ResourcePath(string Group, string Version, string? Namespace, string Plural, string? Name, string? Subresource)
{
    public KubeKind? Kind => KindTable.Find(Group, Version, Plural);

    public static ResourcePath? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api", var version, .. var rest] => Rest("", version, rest),
            ["apis", var group, var version, .. var rest] => Rest(group, version, rest),
            _ => null,
        };
    }

    private static ResourcePath? Rest(string group, string version, string[] rest) => rest switch
    {
        ["namespaces", var ns, var plural and not ("status" or "finalize")] => new(group, version, ns, plural, null, null),
        ["namespaces", var ns, var plural and not ("status" or "finalize"), var name] => new(group, version, ns, plural, name, null),
        ["namespaces", var ns, var plural, var name, var subresource] => new(group, version, ns, plural, name, subresource),
        [var plural] => new(group, version, null, plural, null, null),
        [var plural, var name] => new(group, version, null, plural, name, null),
        [var plural, var name, var subresource] => new(group, version, null, plural, name, subresource),
        _ => null,
    };
}
