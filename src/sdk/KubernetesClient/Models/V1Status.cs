using System.Text.Json;

namespace k8s.Models;

public partial record V1Status
{
    // A DELETE answers the object itself while finalizers run; it is kept as it came.
    private JsonElement original;

    public bool HasObject { get; private init; }

    public T ObjectView<T>() => original.Deserialize<T>(KubernetesJson.Options);

    internal static V1Status OfObject(JsonElement element) => new() { HasObject = true, original = element };
}
