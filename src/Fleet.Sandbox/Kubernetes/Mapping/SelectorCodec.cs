using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Label selectors and their expressions.</summary>
internal static class SelectorCodec
{
    public static JsonObject Render(LabelSelector selector)
    {
        var json = new JsonObject();
        json.With("matchLabels", Json.Of(selector.MatchLabels));
        return json.With("matchExpressions", Json.Of(selector.Expressions.Select(Render)));
    }

    public static JsonObject Render(SelectorRequirement requirement)
    {
        var json = new JsonObject { ["key"] = requirement.Key, ["operator"] = requirement.Operator };
        return json.With("values", Json.Of(requirement.Values));
    }

    public static LabelSelector? Read(JsonObject? json) => json is null
        ? null
        : new LabelSelector { MatchLabels = json.Map("matchLabels"), Expressions = [.. json.Objects("matchExpressions").Select(ReadRequirement)] };

    public static SelectorRequirement ReadRequirement(JsonObject json) => new(json.Text("key") ?? "", json.Text("operator") ?? "In", json.Texts("values"));
}
