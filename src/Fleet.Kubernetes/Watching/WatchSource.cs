using k8s;
using k8s.Models;

namespace Fleet.Kubernetes.Watching;

/// <summary>How one kind is listed and watched, and what becomes of its objects.</summary>
/// <param name="Resource">Plural, for errors.</param>
/// <param name="ListAsync">A page: limit, continue token, cancellation → items and list metadata.</param>
/// <param name="Watch">A watch: resourceVersion, timeout in seconds, error sink, cancellation → events.</param>
/// <param name="Key">What tells an object from others of its kind.</param>
/// <param name="Put">An object is new or has changed.</param>
/// <param name="Remove">The object of this key is gone.</param>
internal sealed record WatchSource<T>(
    string Resource,
    Func<int, string?, CancellationToken, Task<(IList<T> Items, V1ListMeta Meta)>> ListAsync,
    Func<string, int, Action<Exception>, CancellationToken, IAsyncEnumerable<(WatchEventType Type, T Object)>> Watch,
    Func<T, string> Key,
    Action<T> Put,
    Action<string> Remove)
    where T : IKubernetesObject<V1ObjectMeta>;
