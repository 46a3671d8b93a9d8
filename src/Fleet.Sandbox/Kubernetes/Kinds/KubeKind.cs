using Fleet.Sandbox.Kubernetes.Mapping;

namespace Fleet.Sandbox.Kubernetes.Kinds;

/// <summary>One kind that the API serves.</summary>
/// <param name="Group">API group; empty for core.</param>
/// <param name="Plural">Name in paths.</param>
/// <param name="Kind">Name in documents.</param>
/// <param name="Codec">Between record and document.</param>
/// <param name="Namespaced">Whether it lives in namespaces.</param>
/// <param name="ShortNames">What kubectl also takes.</param>
internal sealed record KubeKind(string Group, string Plural, string Kind, ICodec Codec, bool Namespaced = true, params string[] ShortNames)
{
    /// <summary>Version within the group.</summary>
    public string Version { get; init; } = "v1";

    /// <summary>apiVersion of its documents.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Name of the world's table: plural with group.</summary>
    public string Resource { get; } = Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Subresources beside the object itself.</summary>
    public IReadOnlyList<Subresource> Subresources { get; init; } = [];

    /// <summary>Whether it belongs to <c>kubectl get all</c>.</summary>
    public bool InAll { get; init; }

    /// <summary>Name of one, in lower case.</summary>
    public string Singular => Kind.ToLowerInvariant();
}
