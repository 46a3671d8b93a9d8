using System.Text.Json.Nodes;

namespace Fleet.Sandbox.Aws.Iam;

/// <summary>One statement of a policy.</summary>
internal sealed record IamStatement(bool Allow, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, IReadOnlyList<IamCondition> Conditions)
{
    private static readonly string[] Elements = ["Sid", "Effect", "Action", "Resource", "Condition"];

    /// <exception cref="FormatException">An element is missing or not judged here.</exception>
    public static IamStatement Read(JsonObject statement)
    {
        if (statement.Select(element => element.Key).Except(Elements).FirstOrDefault() is { } unknown)
        {
            throw new FormatException($"a statement's {unknown} is not judged here; it has {string.Join(", ", Elements)}");
        }

        var effect = (string?)statement["Effect"];
        if (effect is not ("Allow" or "Deny"))
        {
            throw new FormatException($"a statement's Effect is Allow or Deny, not '{effect}'");
        }

        var conditions = (statement["Condition"] as JsonObject ?? []).SelectMany(operation => (operation.Value as JsonObject ?? []).Select(key => new IamCondition(operation.Key, key.Key, Texts(key.Value, key.Key))));
        return new IamStatement(effect == "Allow", Texts(statement["Action"], "Action"), Texts(statement["Resource"], "Resource"), [.. conditions]);
    }

    public bool Matches(IamRequest request) =>
        Actions.Any(action => IamPattern.Matches(action, request.Action, ignoreCase: true))
        && Resources.Any(resource => IamPattern.Matches(resource, request.Resource))
        && Conditions.All(condition => condition.Holds(request));

    private static IReadOnlyList<string> Texts(JsonNode? node, string name)
    {
        IReadOnlyList<string> texts = node switch
        {
            JsonArray list => [.. list.Select(item => (string?)item ?? "")],
            JsonValue value => [value.ToString()],
            _ => [],
        };
        return texts.Count > 0 ? texts : throw new FormatException($"{name} is missing or empty");
    }
}
