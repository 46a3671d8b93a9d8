namespace k8s.Models;

public static class ModelExtensions
{
    public static string Name(this IMetadata<V1ObjectMeta> obj) => obj.Metadata?.Name;

    public static string Namespace(this IMetadata<V1ObjectMeta> obj) => obj.Metadata?.NamespaceProperty;

    public static string Uid(this IMetadata<V1ObjectMeta> obj) => obj.Metadata?.Uid;

    public static string ResourceVersion(this IMetadata<V1ObjectMeta> obj) => obj.Metadata?.ResourceVersion;

    public static string ResourceVersion(this IMetadata<V1ListMeta> list) => list.Metadata?.ResourceVersion;

    public static string Continue(this IMetadata<V1ListMeta> list) => list.Metadata?.ContinueProperty;

    public static DateTime? CreationTimestamp(this IMetadata<V1ObjectMeta> obj) => obj.Metadata?.CreationTimestamp;

    public static DateTime? DeletionTimestamp(this IMetadata<V1ObjectMeta> obj) => obj.Metadata?.DeletionTimestamp;

    public static IDictionary<string, string> Labels(this IMetadata<V1ObjectMeta> obj) => obj.Metadata?.Labels;

    public static IDictionary<string, string> Annotations(this IMetadata<V1ObjectMeta> obj) => obj.Metadata?.Annotations;

    public static IList<V1OwnerReference> OwnerReferences(this IMetadata<V1ObjectMeta> obj) => obj.Metadata?.OwnerReferences;

    public static string GetLabel(this IMetadata<V1ObjectMeta> obj, string key) => obj.Metadata?.Labels is { } labels && labels.TryGetValue(key, out var value) ? value : null;

    public static string GetAnnotation(this IMetadata<V1ObjectMeta> obj, string key) =>
        obj.Metadata?.Annotations is { } annotations && annotations.TryGetValue(key, out var value) ? value : null;

    public static V1OwnerReference GetController(this IMetadata<V1ObjectMeta> obj) => obj.Metadata?.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true);
}
