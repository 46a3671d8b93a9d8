using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Sandbox.Kubernetes.Schemas;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>Turns a client's document into the world's record, or refuses it with everything that is wrong.</summary>
internal static partial class Intake
{
    /// <summary>Reads a whole document that a client sent, or that a patch resulted in.</summary>
    /// <exception cref="StatusException">400 for what cannot be decoded and, where asked for, for unknown fields; 422 for what is not allowed.</exception>
    public static WorldObject Read(ApiRequest request, JsonObject document, WorldObject? before)
    {
        var kind = request.Kind;
        Expect(document.Text("apiVersion"), kind.ApiVersion, kind.Kind);
        Expect(document.Text("kind"), kind.Kind, kind.Kind);
        if (ApiModel.Of(kind.ApiVersion, kind.Kind) is { } schema)
        {
            Check(request, schema, document);
        }

        Place(request, document, before);
        var value = kind.Codec.Read(document, before);
        var problems = ObjectRules.Of(value).ToList();
        if (problems.Count > 0)
        {
            throw Invalid(request, value.Meta.Name, problems);
        }

        return value with { Meta = value.Meta with { Uid = document.Object("metadata").Text("uid") ?? value.Meta.Uid } };
    }

    private static void Check(ApiRequest request, Schema schema, JsonObject document)
    {
        var kind = request.Kind;
        var check = SchemaCheck.Of(schema, document);
        if (check.Undecodable.Count > 0)
        {
            throw Refusals.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {string.Join("; ", check.Undecodable)}");
        }

        var unknown = check.Unknown.Select(field => $"unknown field \"{field}\"").ToList();
        switch (request.Query("fieldValidation"))
        {
            case "Strict" when unknown.Count > 0:
                throw Refusals.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: strict decoding error: {string.Join(", ", unknown)}");
            case null or "" or "Warn":
                foreach (var warning in unknown)
                {
                    request.Http.Response.Headers.Append("Warning", $"299 - \"{warning.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
                }

                break;
        }

        if (check.Invalid.Count > 0)
        {
            throw Invalid(request, document.Object("metadata").Text("name") ?? "", check.Invalid);
        }
    }

    /// <summary>Settles name and namespace: those of the path hold, a document that says otherwise is refused.</summary>
    private static void Place(ApiRequest request, JsonObject document, WorldObject? before)
    {
        if (document["metadata"] is not JsonObject metadata)
        {
            document["metadata"] = metadata = [];
        }

        if (request.Kind.Namespaced)
        {
            if (metadata.Text("namespace") is { Length: > 0 } given && given != request.Namespace)
            {
                throw Refusals.BadRequest($"the namespace of the provided object does not match the namespace sent on the request: {given}, {request.Namespace}");
            }

            metadata["namespace"] = request.Namespace;
        }

        var name = metadata.Text("name") ?? "";
        if (before is not null || request.Name is not null)
        {
            var wanted = before?.Meta.Name ?? request.Name!;
            if (name.Length > 0 && name != wanted)
            {
                throw Refusals.BadRequest($"the name of the object ({name}) does not match the name on the URL ({wanted})");
            }

            metadata["name"] = wanted;
        }
        else if (!NamePattern().IsMatch(name) || name.Length > 253)
        {
            var why = name.Length == 0 ? "Required value: name or generateName is required"
                : $"Invalid value: \"{name}\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
            throw Invalid(request, name, [("metadata.name", "FieldValueInvalid", why)]);
        }
    }

    private static StatusException Invalid(ApiRequest request, string name, List<(string Field, string Reason, string Why)> problems)
    {
        var listed = string.Join(", ", problems.Select(one => $"{one.Field}: {one.Why}"));
        var who = request.Kind.Group.Length == 0 ? request.Kind.Kind : $"{request.Kind.Kind}.{request.Kind.Group}";
        return new StatusException(422, "Invalid", $"{who} \"{name}\" is invalid: {(problems.Count > 1 ? $"[{listed}]" : listed)}")
        {
            Kind = request.Kind.Kind,
            Group = request.Kind.Group,
            Name = name,
            Causes = [.. problems.Select(one => new StatusCause(one.Reason, one.Why, one.Field))],
        };
    }

    private static void Expect(string? given, string served, string kind)
    {
        if (given is not null && given != served)
        {
            throw Refusals.BadRequest($"the API version in the data ({given}) does not match the expected API version ({served}) of {kind}");
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")]
    private static partial Regex NamePattern();
}
