using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Kinds;
using Fleet.Sandbox.Kubernetes.Mapping;

namespace Fleet.Sandbox.Kubernetes.Schemas;

/// <summary>/openapi/v3, per group and version, made from the description: from it kubectl learns merge keys and that the server validates fields itself. /openapi/v2 is the description as it is.</summary>
internal static class OpenApi
{
    private static readonly ConcurrentDictionary<string, byte[]> Documents = new(StringComparer.Ordinal);

    /// <summary>Answers a path below /openapi; null when there is none.</summary>
    public static byte[]? Find(string path) => path.TrimEnd('/') switch
    {
        "/openapi/v2" => Documents.GetOrAdd(path, _ => ObjectBytes.Write(ApiModel.Whole)),
        "/openapi/v3" => Documents.GetOrAdd(path, _ => ObjectBytes.Write(Root())),
        var inner when inner.StartsWith("/openapi/v3/", StringComparison.Ordinal) && Versions().Contains(inner[12..]) => Documents.GetOrAdd(inner, _ => ObjectBytes.Write(Document(inner[11..]))),
        _ => null,
    };

    private static IEnumerable<string> Versions() => KindTable.All.Select(kind => kind.Group.Length == 0 ? $"api/{kind.Version}" : $"apis/{kind.ApiVersion}").Distinct();

    private static JsonObject Root() => new()
    {
        ["paths"] = new JsonObject(Versions().Select(version => KeyValuePair.Create(version, (JsonNode?)new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{version}" }))),
    };

    private static JsonObject Document(string prefix)
    {
        var paths = new JsonObject();
        foreach (var (path, item) in ApiModel.Whole.Object("paths")!.Where(pair => pair.Key.StartsWith(prefix + "/", StringComparison.Ordinal)))
        {
            paths[path] = new JsonObject(item!.AsObject().Where(operation => operation.Value is JsonObject).Select(operation => KeyValuePair.Create(operation.Key, (JsonNode?)Operation(operation.Value!.AsObject()))));
        }

        foreach (var kind in KindTable.All.Where(kind => prefix.EndsWith("/" + kind.ApiVersion, StringComparison.Ordinal) && !paths.Any(path => path.Key.EndsWith($"/{kind.Plural}/{{name}}", StringComparison.Ordinal) && path.Value!["patch"] is not null)))
        {
            paths[$"{prefix}/{kind.Plural}/{{name}}"] = Undescribed(kind);
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1.33.2" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = Reached(paths, KindTable.All.Where(kind => prefix.EndsWith("/" + kind.ApiVersion, StringComparison.Ordinal))) },
        };
    }

    /// <summary>A kind whose patch the description lacks is kept as it is written; without a path of its own kubectl would refuse to apply it.</summary>
    private static JsonObject Undescribed(KubeKind kind) => new()
    {
        ["patch"] = new JsonObject
        {
            ["operationId"] = $"patch{kind.Kind}",
            ["x-kubernetes-action"] = "patch",
            ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Kind },
            ["parameters"] = new JsonArray(new JsonObject { ["name"] = "fieldValidation", ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string" } }),
            ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
        },
    };

    private static JsonObject Operation(JsonObject operation)
    {
        var result = new JsonObject { ["operationId"] = operation.Text("operationId"), ["tags"] = operation["tags"]?.DeepClone() };
        var parameters = new JsonArray();
        foreach (var given in operation.Objects("parameters"))
        {
            var parameter = given.Text("$ref") is { } reference ? ApiModel.Whole.Object("parameters").Object(reference[(reference.LastIndexOf('/') + 1)..])! : given;
            if (parameter.Text("in") == "body")
            {
                result["requestBody"] = new JsonObject { ["content"] = new JsonObject { ["*/*"] = new JsonObject { ["schema"] = Relocated(parameter["schema"]) } } };
            }
            else
            {
                parameters.Add(new JsonObject { ["name"] = parameter.Text("name"), ["in"] = parameter.Text("in"), ["schema"] = new JsonObject { ["type"] = parameter.Text("type") ?? "string" } }.With("required", parameter.Flag("required")));
            }
        }

        result["parameters"] = parameters;
        var responses = new JsonObject();
        foreach (var (code, response) in operation.Object("responses") ?? [])
        {
            var content = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Relocated((response as JsonObject)?["schema"]) ?? new JsonObject() } };
            responses[code] = new JsonObject { ["description"] = "OK", ["content"] = content };
        }

        result["responses"] = responses;
        foreach (var (name, value) in operation.Where(pair => pair.Key.StartsWith("x-kubernetes", StringComparison.Ordinal)))
        {
            result[name] = value?.DeepClone();
        }

        return result;
    }

    private static JsonObject Reached(JsonObject paths, IEnumerable<KubeKind> kinds)
    {
        var schemas = new JsonObject();
        var pending = new Queue<string>(References(paths));
        foreach (var kind in kinds)
        {
            if (ApiModel.Definitions.FirstOrDefault(one => one.Value!.AsObject().Objects("x-kubernetes-group-version-kind").Any(gvk => gvk.Text("kind") == kind.Kind && gvk.Text("group") == kind.Group)).Key is { } name)
            {
                pending.Enqueue(name);
            }
        }

        while (pending.TryDequeue(out var name))
        {
            if (!schemas.ContainsKey(name) && ApiModel.Definitions[name] is { } definition)
            {
                var moved = Relocated(definition)!;
                schemas[name] = moved;
                foreach (var further in References(moved))
                {
                    pending.Enqueue(further);
                }
            }
        }

        return schemas;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(pair => pair is { Key: "$ref", Value: JsonValue reference } ? [reference.GetValue<string>().Split('/')[^1]] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    /// <summary>A copy with references to where OpenAPI v3 keeps schemas; extensions of a reference move beside an allOf, where v3 allows them.</summary>
    private static JsonNode? Relocated(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject inner:
                var copy = new JsonObject();
                foreach (var (name, value) in inner)
                {
                    copy[name] = name == "$ref" && value is JsonValue reference ? reference.GetValue<string>().Replace("#/definitions/", "#/components/schemas/", StringComparison.Ordinal) : Relocated(value);
                }

                return copy;
            case JsonArray list:
                return new JsonArray([.. list.Select(Relocated)]);
            default:
                return node?.DeepClone();
        }
    }
}
