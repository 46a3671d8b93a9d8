using System.Text.Json;

namespace Fleet.SdkGen;

/// <summary>Writes the records of Kubernetes' definitions.</summary>
internal sealed class KubeWriter(JsonElement model)
{
    private static readonly string[] Objects = ["apiVersion", "kind", "metadata"];

    private readonly Dictionary<(string Group, string Kind), string> plurals = Plurals(model);

    public IEnumerable<(string Name, string Content)> Files()
    {
        yield return ("Models.g.cs", Models());
        var operations = new KubeOperationsWriter(model);
        yield return ("Operations.g.cs", operations.Interfaces());
        yield return ("AbstractKubernetes.g.cs", operations.Implementations());
        yield return ("OperationsExtensions.g.cs", operations.Extensions());
    }

    private string Models()
    {
        var source = new Source("System.Text.Json.Serialization").Line("namespace k8s.Models;");
        foreach (var definition in model.Properties("definitions").Where(definition => !KubeTypes.HandWritten.Contains(definition.Name)))
        {
            source.Line();
            var constants = Constants(definition.Value);
            if (constants is var (group, version, kind))
            {
                source.Line($"[KubernetesEntity(Group = \"{group}\", Kind = \"{kind}\", ApiVersion = \"{version}\", PluralName = \"{Plural(group, kind)}\")]");
            }

            var bases = Bases(definition.Value);
            if (definition.Name == "v1.PodTemplateSpec")
            {
                bases = " : IMetadata<V1ObjectMeta>";
            }

            if (definition.Name == "v1.Status")
            {
                source.Line("[JsonConverter(typeof(StatusConverter))]");
            }

            source.Block($"public partial record {KubeTypes.Class(definition.Name)}{bases}", () =>
            {
                if (constants is var (group, version, kind))
                {
                    source.Line($"public const string KubeApiVersion = \"{version}\";");
                    source.Line($"public const string KubeKind = \"{kind}\";");
                    source.Line($"public const string KubeGroup = \"{group}\";");
                    source.Line($"public const string KubePluralName = \"{Plural(group, kind)}\";");
                }

                Properties(source, definition.Value);
            });
        }

        return source.ToString();
    }

    private static void Properties(Source source, JsonElement definition)
    {
        var required = definition.Items("required").Select(item => item.GetString()).ToHashSet();
        foreach (var property in definition.Properties("properties"))
        {
            var type = KubeTypes.Type(property.Value, required.Contains(property.Name));
            var micro = property.Value.Text("x-go-type") == "MicroTime" ? "[JsonConverter(typeof(MicroTimeConverter))] " : "";
            var collection = type.StartsWith("IList", StringComparison.Ordinal) || type.StartsWith("IDictionary", StringComparison.Ordinal);
            source.Property(
                type, KubeTypes.PropertyName(property.Name), collection && !required.Contains(property.Name), $"{micro}[JsonPropertyName(\"{property.Name}\")]");
        }
    }

    private static string Bases(JsonElement definition)
    {
        string? Of(string name) => definition.Properties("properties").Where(property => property.Name == name)
            .Select(property => KubeTypes.Type(property.Value, required: false)).FirstOrDefault();
        var bases = new List<string>();
        if (Objects.All(name => Of(name) is not null) && Of("metadata") is "V1ObjectMeta" or "V1ListMeta")
        {
            bases.Add($"IKubernetesObject<{Of("metadata")}>");
            if (Of("spec") is { } spec)
            {
                bases.Add($"ISpec<{spec}>");
            }
        }
        else if (Of("apiVersion") is not null && Of("kind") is not null && Constants(definition) is not null)
        {
            bases.Add("IKubernetesObject");
        }

        if (Of("items") is { } items && Of("metadata") is "V1ListMeta")
        {
            bases.Add($"IItems<{items["IList<".Length..^1]}>");
        }

        return bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
    }

    /// <summary>Group, version and kind of what has apiVersion and kind; options shared by all groups belong to the core group.</summary>
    private static (string Group, string Version, string Kind)? Constants(JsonElement definition)
    {
        var names = definition.Properties("properties").Select(property => property.Name).ToHashSet();
        var kinds = definition.Items("x-kubernetes-group-version-kind").ToList();
        if (kinds.Count == 0 || !names.Contains("apiVersion") || !names.Contains("kind"))
        {
            return null;
        }

        var chosen = kinds.FirstOrDefault(kind => kind.Text("group") == "", kinds[0]);
        return (chosen.Text("group")!, chosen.Text("version")!, chosen.Text("kind")!);
    }

    private string Plural(string group, string kind) =>
        plurals.GetValueOrDefault((group, kind))
        ?? (kind.EndsWith("List", StringComparison.Ordinal) ? plurals.GetValueOrDefault((group, kind[..^4])) : null) ?? "";

    /// <summary>The plural is the last fixed part of a path that lists or creates a kind, or reads one by name.</summary>
    private static Dictionary<(string Group, string Kind), string> Plurals(JsonElement model)
    {
        var found = new Dictionary<(string, string), string>();
        foreach (var path in model.Properties("paths"))
        {
            foreach (var kind in path.Value.EnumerateObject().Where(verb => verb.Value.Text("x-kubernetes-action") is "list" or "get")
                .Select(verb => verb.Value.GetProperty("x-kubernetes-group-version-kind")))
            {
                string[] parts = path.Name.Split('/');
                var plural = parts[^1] == "{name}" ? parts[^2] : parts[^1];
                var isSubresource = parts[^1] != "{name}" && parts[^2] == "{name}" && parts.Length > 6;
                if (!isSubresource)
                {
                    found.TryAdd((kind.Text("group")!, kind.Text("kind")!), plural);
                }
            }
        }

        return found;
    }
}
